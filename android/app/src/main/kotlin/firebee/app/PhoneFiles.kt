package firebee.app

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.Path
import android.net.Uri
import androidx.compose.ui.graphics.toArgb
import firebee.logic.Files
import firebee.logic.Stroke
import firebee.ui.day
import java.io.File
import java.io.IOException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/** The files of the shell, all below its cache: the core copies what it keeps. */
class PhoneFiles(private val context: Context) : Files {
    private val one = Mutex()
    private var choose: ((Array<String>) -> Unit)? = null
    private var answer: CompletableDeferred<List<Uri>>? = null

    /** Says who shows the phone's own list of files. */
    fun attach(choose: (Array<String>) -> Unit) {
        this.choose = choose
    }

    /** Nobody shows it any more; what was asked for does not come. */
    fun detach() {
        choose = null
        chosen(emptyList())
    }

    fun chosen(files: List<Uri>) {
        answer?.complete(files)
    }

    override suspend fun pick(): List<String> = one.withLock {
        val files = withContext(Dispatchers.Main) { ask() }
        withContext(Dispatchers.IO) { files.mapNotNull(::copied) }
    }

    private suspend fun ask(): List<Uri> {
        val show = choose ?: return emptyList()
        val waiting = CompletableDeferred<List<Uri>>()
        answer = waiting
        try {
            show(TYPES)
        } catch (_: ActivityNotFoundException) {
            return emptyList()
        }
        return waiting.await()
    }

    /** A copy of ours; nothing of a file that its app does not hand over. */
    private fun copied(from: Uri): String? {
        val file = File.createTempFile("chosen", ".file", context.cacheDir)
        try {
            context.contentResolver.openInputStream(from)?.use { source ->
                file.outputStream().use(source::copyTo)
                return file.path
            }
        } catch (_: IOException) {
            // The app that holds it says no, or the phone is full.
        } catch (_: SecurityException) {
            // It is not to be read any more.
        }
        file.delete()
        return null
    }

    override suspend fun signature(strokes: List<Stroke>): String = withContext(Dispatchers.IO) {
        val picture = Bitmap.createBitmap(WIDTH, HEIGHT, Bitmap.Config.ARGB_8888)
        picture.eraseColor(day.sheet.toArgb())
        val pen = Paint(Paint.ANTI_ALIAS_FLAG).apply {
            style = Paint.Style.STROKE
            color = day.ink.toArgb()
            strokeWidth = 6f
            strokeCap = Paint.Cap.ROUND
        }
        val canvas = Canvas(picture)
        strokes.forEach { stroke ->
            val path = Path()
            stroke.points.forEachIndexed { at, point ->
                val (x, y) = point.x * WIDTH to point.y * HEIGHT
                if (at == 0) path.moveTo(x, y) else path.lineTo(x, y)
            }
            canvas.drawPath(path, pen)
        }
        val file = File.createTempFile("signature", ".png", context.cacheDir)
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.PNG, 100, it) }
        file.path
    }

    override fun drop(path: String) {
        File(path).delete()
    }

    override fun exportPath(): String = File(exports(context).apply { mkdirs() }, "export.firebee").path

    override fun share(path: String) {
        val address = ExportProvider.address(context, File(path).name)
        val send = Intent(Intent.ACTION_SEND)
            .setType("application/octet-stream")
            .putExtra(Intent.EXTRA_STREAM, address)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        context.startActivity(Intent.createChooser(send, null).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    companion object {
        private const val WIDTH = 1_000
        private const val HEIGHT = 400

        /** What the core takes with an act. */
        private val TYPES = arrayOf("image/jpeg", "image/png", "application/pdf")

        fun exports(context: Context): File = File(context.cacheDir, "exports")
    }
}
