package firebee.phones

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.input.InputMode
import androidx.compose.ui.platform.LocalInputModeManager
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.test.ComposeTimeoutException
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.InternalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.click
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.isNotEnabled
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextReplacement
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipe
import androidx.compose.ui.test.v2.runSkikoComposeUiTest
import androidx.compose.ui.unit.Density
import firebee.Language
import firebee.logic.Home
import firebee.ui.App
import firebee.ui.LocalPictures
import firebee.ui.Picture
import firebee.ui.LocalViewfinder
import firebee.words
import kotlin.time.Duration.Companion.minutes

private const val WAIT_MS = 60_000L

/** What scrolls on a screen. */
private val LIST = hasTestTag("list")

/** What a finger does on one phone, and what the eye sees: 360 × 800 dp at two points a dp. */
@OptIn(ExperimentalTestApi::class, InternalTestApi::class)
class Hand(private val test: SkikoComposeUiTest, private val album: Album) {
    fun tap(tag: String) = tap(hasTestTag(tag), tag)

    /** Taps until the screen behind is there: a page that is read anew under the finger swallows a tap. */
    fun opens(tag: String, behind: String) = opens(hasTestTag(tag), tag, behind)

    fun opensText(text: String, behind: String) = opens(hasText(text, substring = true), text, behind)

    private fun opens(matcher: SemanticsMatcher, what: String, behind: String) = until("$what opens $behind") {
        if (!shown(behind) && (seen(matcher) || scrolledTo(matcher))) {
            scrolledTo(matcher)
            runCatching { test.onAllNodes(matcher).onFirst().performTouchInput { click() } }
        }
        test.waitForIdle()
        shown(behind)
    }

    private fun shown(tag: String) = seen(hasTestTag(tag)) || scrolledTo(hasTestTag(tag))

    /** Taps the row that says so. */
    fun tapText(text: String) = tap(hasText(text, substring = true), text)

    /** Says yes where the app asks once more. */
    fun tapIfSeen(tag: String) {
        test.waitForIdle()
        if (seen(hasTestTag(tag))) tap(tag)
    }

    /** The store belongs to one client at a time: the one before holds it until the last of its calls is collected. */
    fun comesUp() = until("the app is open") {
        System.gc()
        if (seen(hasTestTag("again"))) tap("again")
        seen(hasTestTag("quiet"))
    }

    fun type(tag: String, text: String) {
        reach(hasTestTag(tag), tag)
        test.onNodeWithTag(tag).performTextReplacement(text)
    }

    /** Draws a line, as a finger signs. */
    fun sign(tag: String) {
        reach(hasTestTag(tag), tag)
        test.onNodeWithTag(tag).performTouchInput { swipe(percentOffset(0.2f, 0.4f), percentOffset(0.8f, 0.6f), 300) }
    }

    fun sees(text: String) = wait(text, hasText(text, substring = true))

    /** Scrolls until the text is seen. */
    fun finds(text: String) = reach(hasText(text, substring = true), text)

    fun seesTag(tag: String) = wait(tag, hasTestTag(tag))

    fun gone(vararg tags: String) = until("${tags.toList()} are gone") { tags.none { seen(hasTestTag(it)) } }

    fun ready(tag: String) = wait("$tag is open", hasTestTag(tag) and isEnabled())

    /** Whether the button is there and cannot be tapped. */
    fun closed(tag: String) {
        reach(hasTestTag(tag), tag)
        wait("$tag is closed", hasTestTag(tag) and isNotEnabled())
    }

    fun scroll(tag: String) = reach(hasTestTag(tag), tag)

    fun until(what: String, condition: () -> Boolean) = try {
        test.waitUntil(what, WAIT_MS, condition)
    } catch (late: ComposeTimeoutException) {
        album.add("late", test.captureToImage(), compare = false)
        throw late
    }

    private fun tap(matcher: SemanticsMatcher, what: String) {
        reach(matcher, what)
        test.onAllNodes(matcher).onFirst().performTouchInput { click() }
    }

    private fun reach(matcher: SemanticsMatcher, what: String) {
        until(what) { seen(matcher) || scrolledTo(matcher) }
        // A row at the edge is seen only in part. What stands outside the list is seen whole.
        if (seen(matcher and hasAnyAncestor(LIST))) scrolledTo(matcher)
    }

    private fun scrolledTo(matcher: SemanticsMatcher) = runCatching {
        test.onNode(LIST).performScrollToNode(matcher)
    }.isSuccess

    private fun wait(what: String, matcher: SemanticsMatcher) = until(what) { seen(matcher) }

    private fun seen(matcher: SemanticsMatcher) = test.onAllNodes(matcher).fetchSemanticsNodes().isNotEmpty()
}

/** Gives a hand the phone of this home. */
@OptIn(ExperimentalTestApi::class, InternalTestApi::class)
fun onPhone(home: Home, album: Album, viewfinder: String, walk: Hand.() -> Unit) =
    runSkikoComposeUiTest(Size(720f, 1600f), Density(2f), testTimeout = 10.minutes) {
        setContent {
            // As on a phone: in the keyboard mode of a desktop what was tapped keeps the focus, and pictures show it grey.
            val input = LocalInputModeManager.current
            LaunchedEffect(input) { input.requestInputMode(InputMode.Touch) }
            CompositionLocalProvider(
                LocalPictures provides ::pictureOf,
                LocalViewfinder provides { room, _ -> Picture(viewfinder, null, room) },
            ) {
                App(home, words(Language.ZH), Modifier.fillMaxSize().testTag("app"), letters)
            }
        }
        Hand(this, album).walk()
    }
