package firebee.phones

import java.nio.file.Path
import kotlin.io.path.writeBytes
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.FilterMipmap
import org.jetbrains.skia.FilterMode
import org.jetbrains.skia.MipmapMode
import org.jetbrains.skia.Rect
import org.jetbrains.skia.Surface

private val shown = listOf(
    "today-usual-zh-light", "project-usual-zh-light", "task-usual-zh-light", "item-error-zh-light", "camera-usual-zh-light", "track-usual-zh-light",
    "restore-usual-zh-dark", "sync-usual-zh-dark", "review-usual-zh-dark", "dispatch-usual-en-light", "search-error-en-light", "settings-usual-en-dark",
)

private const val COLUMNS = 6
private const val WIDTH = 270f
private const val HEIGHT = 600f
private const val GAP = 18f

/** Twelve screens beside one another: the picture of the readme, when the pictures are kept anew. */
fun contactSheet(album: Album) {
    val rows = (shown.size + COLUMNS - 1) / COLUMNS
    val surface = Surface.makeRasterN32Premul((COLUMNS * (WIDTH + GAP) + GAP).toInt(), (rows * (HEIGHT + GAP) + GAP).toInt())
    surface.canvas.clear(0xFF9AA0AA.toInt())
    shown.forEachIndexed { at, name ->
        val left = GAP + at % COLUMNS * (WIDTH + GAP)
        val top = GAP + at / COLUMNS * (HEIGHT + GAP)
        val picture = album.drawn(name)
        val all = Rect.makeWH(picture.width.toFloat(), picture.height.toFloat())
        val smooth = FilterMipmap(FilterMode.LINEAR, MipmapMode.LINEAR)
        surface.canvas.drawImageRect(picture, all, Rect.makeXYWH(left, top, WIDTH, HEIGHT), smooth, null, true)
    }
    val file = if (System.getenv("FIREBEE_PICTURES") == "keep") Path.of("docs/images/android.png") else Path.of("target/phones/android.png")
    file.writeBytes(surface.makeImageSnapshot().encodeToData(EncodedImageFormat.PNG)!!.bytes)
}
