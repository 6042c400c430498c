package firebee.phones

import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asSkiaBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.math.abs
import org.jetbrains.skia.Bitmap
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image

/** So large a share of the points may differ from the picture that is kept: a time of day, a date, a count. */
private const val SHARE_MAX = 0.02

/** So far a channel may be off before a point counts as another one. */
private const val OFF_MAX = 48

/** The pictures of one run, and the pictures that are kept. */
class Album(private val folder: Path, private val kept: Path) {
    private val anew = System.getenv("FIREBEE_PICTURES") == "keep"

    /** Which pictures differ, with the share of points that do. */
    val differing = ArrayList<String>()

    fun add(name: String, picture: ImageBitmap, compared: Boolean) {
        val image = Image.makeFromBitmap(picture.asSkiaBitmap())
        folder.createDirectories().resolve("$name.png").writeBytes(image.encodeToData(EncodedImageFormat.PNG)!!.bytes)
        if (!compared) return
        val golden = kept.resolve("$name.webp")
        if (anew) golden.writeBytes(image.encodeToData(EncodedImageFormat.WEBP, 60)!!.bytes)
        if (!golden.exists()) {
            differing += "$name: none is kept"
            return
        }
        val share = differs(bitmap(image), bitmap(Image.makeFromEncoded(golden.readBytes())))
        if (share > SHARE_MAX) differing += "$name: ${"%.1f".format(share * 100)} % of the points differ"
    }

    private fun bitmap(image: Image) = Bitmap.makeFromImage(image)

    private fun differs(a: Bitmap, b: Bitmap): Double {
        if (a.width != b.width || a.height != b.height) return 1.0
        var other = 0
        for (y in 0 until a.height) for (x in 0 until a.width) if (off(a.getColor(x, y), b.getColor(x, y)) > OFF_MAX) other++
        return other.toDouble() / (a.width * a.height)
    }

    private fun off(a: Int, b: Int) = listOf(0, 8, 16).maxOf { abs((a shr it and 255) - (b shr it and 255)) }
}

/** Pictures as the desktop decodes them. */
suspend fun pictureOf(path: String): ImageBitmap? =
    runCatching { Image.makeFromEncoded(Path.of(path).readBytes()).toComposeImageBitmap() }.getOrNull()
