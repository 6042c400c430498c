package firebee.logic

import firebee.Permission
import firebee.Reminder

/** The camera of the phone. */
interface Lens {
    /** Takes a picture into a file of its own and gives its path; nothing when the camera did not answer. */
    suspend fun shoot(): Shot?

    /** Deletes the files of a shot: the core has read them, or nobody wants them. */
    fun drop(shot: Shot)
}

/** The file of a picture and, where the core cannot decode it, that of a JPEG that shows the same. */
data class Shot(val path: String, val preview: String? = null)

/** The permissions of the phone. */
interface Permissions {
    fun granted(): Set<Permission>

    /** Asks for one, and gives whether it is granted now. Where the phone asks no more, it opens its settings. */
    suspend fun ask(permission: Permission): Boolean

    /** Opens the phone's settings of the app. */
    fun openSettings()

    /** Opens the page where this maker's phones let an app run on. */
    fun openBattery(): Unit = openSettings()
}

/** The files of the shell. */
interface Files {
    /** Writes a signature as a picture and gives its path. */
    suspend fun signature(strokes: List<Stroke>): String

    /** Lets the person choose pictures and PDFs of the phone, and gives the paths of copies. */
    suspend fun pick(): List<String>

    /** Deletes a file that the core has read. */
    fun drop(path: String)

    /** Where an export file is written. */
    fun exportPath(): String

    /** Hands a file to another app of the phone. */
    fun share(path: String)
}

/** The phone's board of notifications. */
interface Notices {
    /** Whether somebody looks at the app now. */
    val seen: Boolean

    /** Shows it, in place of the one with its key. A tap opens the screen. */
    fun post(reminder: Reminder, to: Route)

    fun takeDown(key: String)

    /** Takes everything down: nobody is signed in any more. */
    fun clear()
}

/** One line of a finger, as shares of the box: from 0 to 1 in both directions. */
data class Stroke(val points: List<Point>)

data class Point(val x: Float, val y: Float)

/** What the shell remembers of the person's choices. */
interface Preferences {
    var server: String?
    var tongue: Tongue
    var theme: Theme

    /** Whether screens that show evidence may be copied; not before somebody allows it. */
    var screenshots: Boolean
}

/** The language of the app: that of the phone until somebody chooses one. */
enum class Tongue { PHONE, CHINESE, ENGLISH }

enum class Theme { PHONE, LIGHT, DARK }

/** What the app runs on. */
class Phone(
    val lens: Lens,
    val permissions: Permissions,
    val files: Files,
    val locator: Locator,
    val preferences: Preferences,
    val notices: Notices,
    /** The maker's own word, such as `HUAWEI`. */
    val maker: String,
    /** The version of the app. */
    val version: String,
    /** Whether the phone itself speaks Chinese. */
    val chinese: Boolean,
)
