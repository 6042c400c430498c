package firebee.app

import android.graphics.BitmapFactory
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.OnBackPressedCallback
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import firebee.logic.Door
import firebee.ui.App
import firebee.ui.LocalPictures
import firebee.ui.LocalViewfinder
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** The one activity: it shows the screens and hands the back button on. */
class MainActivity : ComponentActivity() {
    private val app get() = application as FirebeeApp

    private val asking = registerForActivityResult(ActivityResultContracts.RequestMultiplePermissions()) {
        app.permissions.answered()
    }

    private val inSettings = registerForActivityResult(ActivityResultContracts.StartActivityForResult()) {
        app.permissions.answered()
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        app.permissions.attach(this, asking::launch, inSettings::launch)
        onBackPressedDispatcher.addCallback(this, object : OnBackPressedCallback(true) {
            override fun handleOnBackPressed() {
                val door = app.home.door.value
                if (door !is Door.Open || !door.shell.back()) moveTaskToBack(true)
            }
        })
        setContent {
            CompositionLocalProvider(
                LocalPictures provides ::read,
                LocalViewfinder provides { room, front -> app.viewfinder.View(room, front) },
            ) { App(app.home, app.spoken, Modifier.safeDrawingPadding()) }
        }
    }

    override fun onStart() {
        super.onStart()
        app.scope.launch { app.home.resumeClient() }
    }

    override fun onDestroy() {
        app.permissions.detach(this)
        super.onDestroy()
    }

    /** The picture of a file, not larger than a screen. */
    private suspend fun read(path: String): ImageBitmap? = withContext(Dispatchers.IO) {
        val bounds = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeFile(path, bounds)
        var step = 1
        while (maxOf(bounds.outWidth, bounds.outHeight) / step > SIDE_MAX) step *= 2
        BitmapFactory.decodeFile(path, BitmapFactory.Options().apply { inSampleSize = step })?.asImageBitmap()
    }

    private companion object {
        const val SIDE_MAX = 2_048
    }
}
