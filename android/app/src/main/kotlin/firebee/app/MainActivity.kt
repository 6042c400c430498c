package firebee.app

import android.content.Intent
import android.graphics.BitmapFactory
import android.os.Bundle
import android.view.WindowManager.LayoutParams.FLAG_SECURE
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
import androidx.lifecycle.lifecycleScope
import firebee.logic.Door
import firebee.logic.Route
import firebee.logic.Shell
import firebee.ui.App
import firebee.ui.LocalPictures
import firebee.ui.LocalViewfinder
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOf
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

    private val choosing = registerForActivityResult(ActivityResultContracts.OpenMultipleDocuments()) { app.files.chosen(it) }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        app.permissions.attach(this, asking::launch, inSettings::launch)
        app.files.attach(choosing::launch)
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
        lifecycleScope.launch { conceal() }
        if (savedInstanceState == null) follow(intent) else comeBack(savedInstanceState.getStringArrayList(WAY).orEmpty())
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        follow(intent)
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        val way = (app.home.door.value as? Door.Open)?.shell?.way?.value.orEmpty().map(Address::of)
        outState.putStringArrayList(WAY, ArrayList(way.takeWhile { it != null }.filterNotNull()))
    }

    override fun onStart() {
        super.onStart()
        app.notices.seen = true
        app.scope.launch {
            app.home.resumeClient()
            // What Android did not let begin while nobody saw the app begins now.
            (app.home.door.value as? Door.Open)?.shell?.let {
                runCatching { it.tracker.resume() }
                it.remind(seen = true)
            }
        }
    }

    override fun onStop() {
        super.onStop()
        app.notices.seen = false
        // What stood on the screens until now was seen.
        (app.home.door.value as? Door.Open)?.shell?.let { app.scope.launch { it.remind(seen = true) } }
    }

    /** Nobody copies a screen that shows evidence, unless somebody has allowed it; nor does the list of recent apps. */
    @OptIn(ExperimentalCoroutinesApi::class)
    private suspend fun conceal() {
        val secret = app.home.door.flatMapLatest { (it as? Door.Open)?.shell?.secret ?: flowOf(false) }
        secret.collect { if (it) window.addFlags(FLAG_SECURE) else window.clearFlags(FLAG_SECURE) }
    }

    /** Goes where a notification leads, once somebody is signed in. */
    private fun follow(intent: Intent) {
        val route = Address.linked(intent) ?: return
        lifecycleScope.launch { inside().go(route) }
    }

    /** After the system has ended the process, the screens lie as they lay. In the same process they still do. */
    private fun comeBack(way: List<String>) {
        val routes = way.mapNotNull(Address::route)
        if (routes.isEmpty()) return
        lifecycleScope.launch {
            val shell = inside()
            if (shell.way.value != listOf<Route>(Route.Today)) return@launch
            shell.begin(routes.first())
            routes.drop(1).forEach(shell::go)
        }
    }

    /** The screens of somebody who is signed in. */
    private suspend fun inside(): Shell {
        val shell = (app.home.door.first { it is Door.Open } as Door.Open).shell
        shell.way.first { it.first() in Route.roots }
        return shell
    }

    override fun onDestroy() {
        app.permissions.detach(this)
        // A turned phone makes another activity, which hears the answer.
        if (isFinishing) app.files.detach()
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

        /** The screens that lay over one another, in what Android keeps. */
        const val WAY = "way"
    }
}
