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

/** So large a share of the points may differ from the picture that is kept: an edge that another Skia smooths otherwise. */
private const val SHARE_MAX = 0.001

/** So far a channel may be off before a point counts as another one. */
private const val OFF_MAX = 24

/** The quality of the pictures; those of a run are encoded the same way before they are compared. */
private const val QUALITY = 50

/** The pictures of one run, and the pictures that are kept. */
class Album(private val folder: Path, private val kept: Path) {
    private val anew = System.getenv("FIREBEE_PICTURES") == "keep"

    /** Which pictures differ, with the share of points that do. */
    val differing = ArrayList<String>()

    /** How many were compared. */
    var compared = 0
        private set

    fun add(name: String, picture: ImageBitmap, compare: Boolean) {
        val drawn = Image.makeFromBitmap(picture.asSkiaBitmap()).encodeToData(EncodedImageFormat.WEBP, QUALITY)!!.bytes
        folder.createDirectories().resolve("$name.webp").writeBytes(drawn)
        if (compare) compare(name, drawn)
    }

    /** The picture of this run, as it was written. */
    fun drawn(name: String): Image = Image.makeFromEncoded(folder.resolve("$name.webp").readBytes())

    private fun compare(name: String, drawn: ByteArray) {
        compared++
        val golden = kept.resolve("$name.webp")
        if (anew) golden.writeBytes(drawn)
        if (!golden.exists()) {
            differing += "$name: none is kept"
            return
        }
        val known = golden.readBytes()
        if (known.contentEquals(drawn)) return
        val share = differs(points(drawn), points(known))
        if (share > SHARE_MAX) differing += "$name: ${"%.2f".format(share * 100)} % of the points differ"
    }

    private fun points(encoded: ByteArray) = checkNotNull(Bitmap.makeFromImage(Image.makeFromEncoded(encoded)).readPixels())

    private fun differs(a: ByteArray, b: ByteArray): Double {
        if (a.size != b.size) return 1.0
        val other = (a.indices step 4).count { at -> (at..at + 2).any { abs((a[it].toInt() and 255) - (b[it].toInt() and 255)) > OFF_MAX } }
        return other * 4.0 / a.size
    }
}

/** Pictures as the desktop decodes them. */
suspend fun pictureOf(path: String): ImageBitmap? =
    runCatching { Image.makeFromEncoded(Path.of(path).readBytes()).toComposeImageBitmap() }.getOrNull()
