package firebee.phones

import firebee.Permission
import firebee.Reminder
import firebee.logic.Files
import firebee.logic.Heard
import firebee.logic.Lens
import firebee.logic.Locator
import firebee.logic.Notices
import firebee.logic.Permissions
import firebee.logic.Phone
import firebee.logic.Preferences
import firebee.logic.Route
import firebee.logic.Shot
import firebee.logic.Stroke
import firebee.logic.Theme
import firebee.logic.Tongue
import java.nio.file.Files.copy
import java.nio.file.Files.createTempFile
import java.nio.file.Path
import kotlin.io.path.deleteIfExists
import kotlin.io.path.writeBytes
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Paint
import org.jetbrains.skia.PaintMode
import org.jetbrains.skia.Surface

/** A lens that gives the pictures of a roll, one after the other, each as a file of its own. */
class Roll(private val folder: Path, private val pictures: List<Path>) : Lens {
    private var taken = 0

    /** The originals that were kept or thrown away. */
    val dropped = ArrayList<String>()

    override suspend fun shoot(): Shot = Shot("${copy(pictures[taken++ % pictures.size], folder.resolve("shot-$taken.jpg"))}")

    override fun drop(shot: Shot) {
        dropped += shot.path
        Path.of(shot.path).deleteIfExists()
    }
}

/** A person who allows what is asked, except what is on a list. What was allowed before stays so. */
class Asked(private val refused: Set<Permission> = emptySet(), before: Set<Permission> = emptySet()) : Permissions {
    private val given = LinkedHashSet(before)
    val asked = ArrayList<Permission>()

    override fun granted(): Set<Permission> = given.toSet()

    override suspend fun ask(permission: Permission): Boolean {
        asked += permission
        return permission !in refused && (given.add(permission) || permission in given)
    }

    override fun openSettings() = Unit

    fun take(permission: Permission) {
        given -= permission
    }
}

/** A place that somebody tells by hand. */
class Told : Locator {
    var hear: ((Heard) -> Unit)? = null

    override fun begin(hear: (Heard) -> Unit) {
        this.hear = hear
    }

    override fun end() {
        hear = null
    }
}

class Memory : Preferences {
    override var server: String? = null
    override var tongue: Tongue = Tongue.PHONE
    override var theme: Theme = Theme.LIGHT
    override var screenshots: Boolean = false
}

/** A board of notifications that nobody looks away from the app for. */
class Board : Notices {
    override var seen: Boolean = true
    val posted = LinkedHashMap<String, Pair<Reminder, Route>>()

    override fun post(reminder: Reminder, to: Route) {
        posted[reminder.key] = reminder to to
    }

    override fun takeDown(key: String) {
        posted -= key
    }

    override fun clear() = posted.clear()
}

/** Signatures as Skia draws them. */
class Drawer(private val folder: Path) : Files {
    override suspend fun signature(strokes: List<Stroke>): String {
        val surface = Surface.makeRasterN32Premul(600, 240)
        val pen = Paint().apply {
            mode = PaintMode.STROKE
            strokeWidth = 4f
        }
        surface.canvas.clear(-1)
        strokes.forEach { stroke ->
            stroke.points.zipWithNext().forEach { (a, b) -> surface.canvas.drawLine(a.x * 600, a.y * 240, b.x * 600, b.y * 240, pen) }
        }
        val file = createTempFile(folder, "signature", ".png")
        file.writeBytes(surface.makeImageSnapshot().encodeToData(EncodedImageFormat.PNG)!!.bytes)
        return "$file"
    }

    /** What the person chooses next. */
    var chosen: List<String> = emptyList()

    override suspend fun pick(): List<String> = chosen

    override fun drop(path: String) {
        Path.of(path).deleteIfExists()
    }

    override fun exportPath(): String = "${folder.resolve("export.firebee")}"

    override fun share(path: String) = Unit
}

fun phone(folder: Path, lens: Lens, permissions: Permissions = Asked(), locator: Locator = Told(), board: Board = Board()): Phone =
    Phone(lens, permissions, Drawer(folder), locator, Memory(), board, maker = "HUAWEI", version = "0.1.0", chinese = true)
