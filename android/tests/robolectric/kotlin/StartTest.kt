package firebee.robolectric

import android.app.Application
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.click
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextReplacement
import androidx.compose.ui.test.performTouchInput
import firebee.app.MainActivity
import firebee.app.TrackService
import firebee.walk.PASSWORD
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

private const val WAIT_MS = 60_000L

/** A finger on the real activity, with the Compose that ships: from the server's address to a row on the server. */
@RunWith(RobolectricTestRunner::class)
class StartTest {
    private val phone = Handset()
    private val screen = createAndroidComposeRule<MainActivity>()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(phone).around(screen)

    @Test
    fun `a finger goes from the server's address to a task on the server`() {
        phone.allowPlace()
        type("server", phone.office.url)
        tap("server-chosen")
        type("login", "operator-1")
        type("password", PASSWORD)
        tap("sign-in")
        type("new-password", "$PASSWORD-2")
        tap("sign-in")
        repeat(3) { tap("not-now") }
        tap(hasText(ITEM), ITEM)
        tap("start")
        until("the task is on the screen") { seen(hasTestTag("step")) }
        val service = phone.service()
        phone.walk(3)
        tap("selfie")
        until("the camera's screen says what the photo is for") { seen(hasTestTag("purpose")) }
        back()
        until("the task is on the screen") { seen(hasTestTag("step")) }
        tap("quiet")
        tap("send-now")
        until("the server has the task") { runCatching { phone.office.task() }.getOrDefault("").let { ITEM in it && OPERATOR in it } }
        service.destroy()
    }

    private fun back() = screen.runOnUiThread { screen.activity.onBackPressedDispatcher.onBackPressed() }

    private fun tap(tag: String) = tap(hasTestTag(tag), tag)

    private fun tap(matcher: SemanticsMatcher, what: String) {
        reach(matcher and isEnabled(), what)
        screen.onAllNodes(matcher).onFirst().performTouchInput { click() }
    }

    private fun type(tag: String, text: String) {
        reach(hasTestTag(tag), tag)
        screen.onNodeWithTag(tag).performTextReplacement(text)
    }

    private fun reach(matcher: SemanticsMatcher, what: String) = until(what) {
        seen(matcher) || runCatching { screen.onNodeWithTag("list").performScrollToNode(matcher) }.isSuccess
    }

    private fun until(what: String, condition: () -> Boolean) = screen.waitUntil(what, WAIT_MS, condition)

    private fun seen(matcher: SemanticsMatcher) = screen.onAllNodes(matcher).fetchSemanticsNodes().isNotEmpty()
}
