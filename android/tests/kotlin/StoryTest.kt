package firebee.phones

import firebee.Device
import firebee.Fix
import firebee.FixProvider
import firebee.logic.Heard
import firebee.logic.Home
import firebee.logic.Phone
import firebee.uniffiEnsureInitialized
import firebee.walk.Console
import firebee.walk.PASSWORD
import firebee.walk.ProcessClock
import firebee.walk.ProcessKeys
import firebee.walk.Server
import firebee.walk.issueEverything
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.extension
import kotlin.io.path.listDirectoryEntries
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

private const val OPERATOR = "马晓燕"
private const val ITEM = "储油量"
private const val BRAND = "海湾"
private const val WRONG = "油箱油位过低，只够运行2.5小时"
private const val OPINION = "同意，请尽快补油"

/** One finding from the finger of an operator to the decision of the lead, on two phones and a real server. */
class StoryTest {
    private val folder = Files.createTempDirectory("firebee-phones")
    private val roll = Path.of("tests/fixtures/photos").listDirectoryEntries().filter { it.extension == "jpg" }.sorted()
    private val clock = ProcessClock()
    private val album = Album(Path.of(System.getProperty("firebee.pictures")), Path.of("android/tests/pictures"))

    @Test
    fun `a tap on a screen becomes a row on the server and comes back as a decision`() {
        uniffiEnsureInitialized()
        Server(Path.of("target/debug/firebee"), Path.of("bindings/tests/firm.json"), folder).use { server ->
            issueEverything(server.url, OPERATOR)
            Link(server.url).use { link ->
                val lens = Roll(folder, roll)
                val satellites = Told()
                onPhone("operator", phone(folder, lens, locator = satellites)) { operator(link, satellites) }
                assertEquals("the shell deletes what the core has read", 2, lens.dropped.size)
                val lead = Console(server.url, "lead")
                val page = lead.page("/tasks").linkBelow("/tasks")
                for (text in listOf(ITEM, BRAND, OPERATOR, WRONG, "待审核", "2.5")) assertTrue(text, text in lead.page(page).html)
                onPhone("lead", phone(folder, Roll(folder, roll))) { lead(link) }
                for (text in listOf("审核通过", OPINION, "与业主沟通中")) assertTrue(text, text in lead.page(page).html)
            }
            assertTrue("0 broken" in server.verified())
            for (photo in roll.take(2)) assertTrue("$photo is kept byte for byte", server.keeps(photo))
        }
        assertEquals("pictures that differ", emptyList<String>(), album.differing)
    }

    private fun onPhone(who: String, phone: Phone, walk: Hand.() -> Unit) {
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        val store = folder.resolve(who).createDirectories()
        val home = Home("$store", Device("测试机", "JVM", "0"), phone, ProcessKeys(), clock, scope)
        onPhone(home, album, "${roll[0]}", walk)
        scope.cancel()
    }

    private fun Hand.operator(link: Link, satellites: Told) {
        seesTag("server")
        picture("server-zh-light")
        type("server", link.url)
        tap("server-chosen")
        signIn()
        allowAll()
        look()
        start()
        walk(satellites)
        link.cut()
        answer()
        handIn()
        link.mend()
        arrive()
    }

    private fun Hand.signIn() {
        seesTag("login")
        type("login", "operator-1")
        type("password", "wrong")
        tap("sign-in")
        sees("sign_in_failed")
        shoot("sign-in")
        type("password", PASSWORD)
        tap("sign-in")
        seesTag("new-password")
        type("new-password", "$PASSWORD-2")
        tap("sign-in")
    }

    private fun Hand.allowAll() {
        sees("始终允许定位")
        shoot("permission")
        repeat(4) { tap("allow") }
        seesTag("start")
    }

    /** What lies beside the way: projects, search, settings. */
    private fun Hand.look() {
        sees(ITEM)
        shoot("today-issued")
        tap("bar-Projects")
        tap("project")
        tap("system")
        shoot("project")
        tap("supplementary")
        sees("补充测试项")
        shoot("supplementary")
        tap("back")
        tap("back")
        tap("bar-Settings")
        sees("设置")
        shoot("settings")
        tap("bar-Today")
    }

    private fun Hand.start() {
        tapText(ITEM)
        ready("start")
        shoot("today-picked")
        tap("start")
        seesTag("step")
        shoot("task-open")
    }

    /** A few steps before the door of the building, as satellites tell them. */
    private fun Hand.walk(satellites: Told) {
        until("the track runs") { satellites.hear != null }
        val now = clock.read().bootMs
        val fixes = List(20) { Fix(now - (20 - it) * 500, 36.617 + it * 1e-5, 101.778, 5f, FixProvider.GNSS, false) }
        satellites.hear?.invoke(Heard.Fixes(fixes))
        tap("back")
        tap("to-track")
        sees("围栏内")
        shoot("track", compared = false)
        tap("task")
        seesTag("step")
    }

    /** a value out of limit proposes at once, and a fault needs words and a photo. */
    private fun Hand.answer() {
        tap("item")
        type("hours", "2.5")
        sees("超出")
        tap("level=normal")
        tap("grade=correct")
        type("fault", WRONG)
        shoot("item-limit", "hours")
        shoot("item-fault", "fault")
        tap("photo")
        ready("shoot")
        shoot("camera")
        tap("shoot")
        seesTag("use-photo")
        shoot("camera-taken")
        tap("use-photo")
        scroll("photo-row")
        finds(WRONG)
        ready("save")
        shoot("item")
        tap("save")
        seesTag("step")
    }

    private fun Hand.handIn() {
        tap("selfie")
        ready("shoot")
        tap("shoot")
        tap("use-photo")
        type("brand", BRAND)
        tap("keep-brand")
        ready("submit")
        shoot("task-ready")
        tap("submit")
        tap("submit-sure")
        sees("待审核")
        shoot("task-submitted")
        sees("条待上传")
    }

    private fun Hand.arrive() {
        tap("quiet")
        sees("同步")
        shoot("sync-waiting", compared = false)
        tap("send-now")
        sees("全部已上传")
        shoot("sync-done", compared = false)
    }

    private fun Hand.lead(link: Link) {
        type("server", link.url)
        tap("server-chosen")
        type("login", "lead")
        type("password", "$PASSWORD-2")
        tap("sign-in")
        sees("始终允许定位")
        repeat(4) { tap("not-now") }
        seesTag("waiting")
        shoot("today-lead")
        tap("waiting")
        tap("task")
        finds(WRONG)
        shoot("review", compared = false)
        tap("way=NEGOTIATING")
        tap("handle")
        finds("与业主沟通中")
        type("opinion", OPINION)
        ready("approve")
        shoot("review-ready", compared = false)
        tap("approve")
        tap("approve-sure")
        gone("approve", "approve-sure")
        sees("审核通过")
        tap("quiet")
        tap("send-now")
        sees("全部已上传")
    }
}
