package firebee.phones

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.input.InputMode
import androidx.compose.ui.platform.LocalInputModeManager
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.InternalTestApi
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.v2.runSkikoComposeUiTest
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.platform.Font
import androidx.compose.ui.unit.Density
import firebee.Language
import firebee.logic.Reader
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.Theme
import firebee.logic.Tongue
import firebee.logic.told
import firebee.ui.Inside
import firebee.ui.LocalPictures
import firebee.ui.LocalViewfinder
import firebee.ui.Picture
import firebee.words
import java.io.File
import java.nio.file.Path
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking

/** Where Debian's Chinese font lies; a phone has its own. */
private const val FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

/** Points a dp: enough to read the smallest letters. */
private const val DENSITY = 1.5f

private const val READ_MS = 60_000L

val letters: FontFamily by lazy { FontFamily(Font("cjk", File(FONT).readBytes())) }

/** Puts one screen after the other before the eye, without a server. */
@OptIn(ExperimentalTestApi::class, InternalTestApi::class)
class Easel(val test: SkikoComposeUiTest, private val folder: Path, private val show: (Shell) -> Unit) {
    /** A screen as it is with so much to show; it lives as long as the look at it. */
    fun look(scene: Scene, fill: Fill, seen: (Shell, (Language, Theme) -> Unit) -> Unit) {
        // A sheet answers at once, so a model has what it asked for before it goes on. On threads of their own the answers would
        // come now before the picture and now after it.
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Unconfined)
        val paper = Paper(fill, Language.ZH)
        val shell = Shell(paper, scope, phone(folder, Roll(folder, emptyList())))
        shell.speak(Tongue.CHINESE)
        shell.begin(scene.below ?: scene.route)
        shell.go(scene.route)
        scene.before(shell)
        show(shell)
        test.waitForIdle()
        seen(shell) { language, theme -> turn(shell, scene, paper, language, theme) }
        scope.cancel()
    }

    private fun turn(shell: Shell, scene: Scene, paper: Paper, language: Language, theme: Theme) {
        shell.paint(theme)
        if (shell.language != language) shell.speak(if (language == Language.ZH) Tongue.CHINESE else Tongue.ENGLISH)
        // Some screens are read once: nobody chooses a language over them.
        (modelOf(shell, scene.route) as? Reader<*>)?.takeIf { it.language != language }?.let { runBlocking { it.refresh() } }
        test.waitUntil("${scene.name} is read in $language", READ_MS) { readIn(shell, scene.route, language) && shell.words.value == words(language) }
        if (paper.sheet.wrong) refuse(shell, scene.route, paper.sheet)
        test.waitUntil("the status line is read", READ_MS) { shell.quiet.value == paper.sheet.quiet() }
        test.waitForIdle()
        test.mainClock.advanceTimeBy(100)
        test.waitForIdle()
    }

    private fun readIn(shell: Shell, route: Route, language: Language) = when (val model = modelOf(shell, route)) {
        null -> false
        is Reader<*> -> model.language == language || model.calls.told.value != null
        else -> true
    }

    private fun refuse(shell: Shell, route: Route, sheet: Sheet) {
        val model = modelOf(shell, route) as? Reader<*> ?: return
        model.calls.run { throw sheet.refusal() }
        test.waitUntil("the refusal is shown", READ_MS) { model.calls.told.value?.text == sheet.refusal().told().text }
    }

    /** The model that the screen has made. */
    private fun modelOf(shell: Shell, route: Route): Any? = runCatching { shell.model<Any>(route) { error("none yet") } }.getOrNull()
}

/** A phone of this size in dp, with letters so many times as large as usual. */
@OptIn(ExperimentalTestApi::class, InternalTestApi::class)
fun onEasel(folder: Path, width: Int, height: Int, letter: Float = 1f, paint: Easel.() -> Unit) =
    runSkikoComposeUiTest(Size(width * DENSITY, height * DENSITY), Density(DENSITY, letter), testTimeout = 30.minutes) {
        var shell by mutableStateOf<Shell?>(null)
        val photo = pictureIn(Path.of("tests/fixtures/photos"))
        setContent {
            val input = LocalInputModeManager.current
            LaunchedEffect(input) { input.requestInputMode(InputMode.Touch) }
            CompositionLocalProvider(
                LocalPictures provides { path -> pictureOf(if (path == Sheet.ROLL) photo else path) },
                LocalViewfinder provides { room, _ -> Picture(photo, null, room) },
            ) {
                shell?.let { key(it) { Inside(it, Modifier.fillMaxSize(), letters) } }
            }
        }
        Easel(this, folder) { shell = it }.paint()
    }

private fun pictureIn(folder: Path): String = folder.toFile().listFiles().orEmpty().filter { it.extension == "jpg" }.minOf { it.path }
