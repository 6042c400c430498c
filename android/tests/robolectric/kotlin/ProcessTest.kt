package firebee.robolectric

import android.app.Application
import android.app.job.JobScheduler
import android.content.Intent
import android.os.Bundle
import android.provider.Settings
import firebee.app.BootReceiver
import firebee.app.MainActivity
import firebee.logic.Route
import firebee.logic.SyncModel
import java.io.File
import java.lang.management.ManagementFactory
import java.nio.file.Path
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** What is there again after the process has ended, or the phone. */
@RunWith(RobolectricTestRunner::class)
class ProcessTest {
    @get:Rule val phone = Handset()

    @Test
    fun `after a restart of the phone the track goes on by itself, and the silence is told`() {
        begun()
        phone.walk(4)
        phone.die()
        Settings.Global.putInt(phone.app.contentResolver, Settings.Global.BOOT_COUNT, 7)
        phone.born()
        phone.app.getSystemService(JobScheduler::class.java).cancelAll()
        boot(Intent.ACTION_BOOT_COMPLETED)
        assertEquals("the jobs are there again", 2, phone.app.getSystemService(JobScheduler::class.java).allPendingJobs.size)
        phone.service()
        // The server tells the time of this boot, as it does soon after a phone has begun.
        runBlocking { check(phone.shell.client.sync().now()) }
        phone.pass(Duration.ofMinutes(3))
        phone.walk(4)
        // Before the restart, after it, and the silence between them, which a piece without a fix tells.
        phone.handedIn("轨迹共 3 段，已收到 3 段")
    }

    @Test
    fun `after an update the track goes on by itself`() {
        begun()
        phone.walk(2)
        phone.die()
        phone.born()
        boot(Intent.ACTION_MY_PACKAGE_REPLACED)
        phone.service()
    }

    @Test
    fun `after a restart without a running task nothing listens`() {
        phone.allowPlace()
        phone.signIn()
        phone.die()
        phone.born()
        boot(Intent.ACTION_BOOT_COMPLETED)
        phone.pass(Duration.ofSeconds(1))
        assertNull(shadowOf(phone.app as Application).nextStartedService)
    }

    @Test
    fun `the receiver hears nothing else`() {
        phone.app.getSystemService(JobScheduler::class.java).cancelAll()
        boot("cn.firebee.app.ANYTHING")
        assertTrue(phone.app.getSystemService(JobScheduler::class.java).allPendingJobs.isEmpty())
    }

    @Test
    fun `an app that the system ended says so in the silence`() {
        begun()
        phone.walk(4)
        phone.die()
        phone.pass(Duration.ofMinutes(2))
        phone.born()
        phone.service()
        phone.walk(4)
        phone.handedIn("系统结束了应用")
    }

    @Test
    fun `the screens lie as they lay after the process ended`() {
        phone.allowPlace()
        phone.signIn()
        val task = phone.start()
        val first = open(null)
        phone.shell.go(Route.Track)
        val way = listOf(Route.Today, Route.Task(task), Route.Track)
        assertEquals(way, phone.shell.way.value)
        val kept = Bundle()
        first.pause().stop().saveInstanceState(kept).destroy()
        phone.die()
        phone.born()
        val second = open(kept)
        phone.until("the screens lie as they lay") { phone.shell.way.value == way }
        second.pause().stop().destroy()
    }

    @Test
    fun `turning the phone makes the activity anew and leaves the screens and what they hold`() {
        phone.signIn()
        val app = open(null)
        phone.shell.go(Route.Sync)
        phone.pass(Duration.ofSeconds(1))
        val before = app.get()
        val model = phone.shell.model(Route.Sync) { SyncModel(phone.shell) }
        app.recreate()
        assertNotSame(before, app.get())
        assertEquals(listOf(Route.Today, Route.Sync), phone.shell.way.value)
        assertSame(model, phone.shell.model(Route.Sync) { SyncModel(phone.shell) })
        app.pause().stop().destroy()
    }

    /** Another process of the system records; its end is no word of ours, but the signal that nothing can catch. */
    @Test
    fun `what was recorded is there after the process was killed`() {
        val victim = Apart(phone.folder, phone.office.url)
        val (kept, task) = victim.says("recorded").split(" ")
        victim.kill()
        check(File(kept).copyRecursively(phone.app.noBackupFilesDir, overwrite = true))
        phone.allowPlace()
        phone.app.phone.preferences.server = phone.office.url
        // The phone has stayed on: its clock goes on behind where the process saw it.
        phone.pass(Duration.ofMinutes(5))
        phone.born()
        assertEquals(listOf<Route>(Route.Today), phone.shell.way.value)
        assertEquals(task, "${checkNotNull(phone.track()).task}")
        phone.service()
        phone.walk(3)
        phone.handedIn(ITEM, OPERATOR, "围栏内", "系统结束了应用")
    }

    private fun begun() {
        phone.allowPlace()
        phone.signIn()
        phone.start()
        phone.service()
    }

    private fun boot(action: String) = BootReceiver().onReceive(phone.app, Intent(action))

    private fun open(kept: Bundle?): ActivityController<MainActivity> =
        Robolectric.buildActivity(MainActivity::class.java).let { if (kept == null) it.setup() else it.setup(kept) }
}

/** The app in a process of its own, until it is killed. */
private class Apart(folder: Path, url: String) {
    private val process = ProcessBuilder(
        listOf("${Path.of(System.getProperty("java.home"), "bin", "java")}") +
            ManagementFactory.getRuntimeMXBean().inputArguments +
            listOf("-Dfirebee.folder=$folder", "-Dfirebee.url=$url", "-cp", System.getProperty("java.class.path")) +
            listOf("firebee.robolectric.MainKt", "Victim"),
    ).redirectError(folder.resolve("apart.log").toFile()).start()

    /** Waits for a line that begins so, and gives the rest of it. */
    fun says(word: String): String {
        val lines = ArrayList<String>()
        while (true) {
            val line = checkNotNull(process.inputReader().readLine()) { "the process said nothing but $lines" }
            if (line.startsWith("$word ")) return line.removePrefix("$word ")
            lines += line
        }
    }

    fun kill() {
        process.destroyForcibly().waitFor()
    }
}
