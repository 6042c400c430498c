package firebee.robolectric

import android.Manifest
import android.app.Notification
import android.app.NotificationManager
import android.app.job.JobParameters
import android.content.Intent
import android.location.LocationManager
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import firebee.About
import firebee.Draft
import firebee.FieldValue
import firebee.Instance
import firebee.Reminder
import firebee.TaskId
import firebee.app.MainActivity
import firebee.app.RemindJob
import firebee.logic.ItemModel
import firebee.logic.Route
import firebee.logic.SettingsModel
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadow.api.Shadow

/** What the phone tells while nobody looks, what is there again after the process, and what nobody copies. */
@RunWith(RobolectricTestRunner::class)
class RemindTest {
    @get:Rule val phone = Handset()

    @Test
    fun `r_375 a track that breaks off is told with its remedy, and taken down when it goes on`() {
        begun()
        phone.walk(3)
        phone.forbid(Manifest.permission.ACCESS_FINE_LOCATION)
        runBlocking { phone.shell.tracker.resume() }
        phone.until("it is told") { broken() == listOf("轨迹已中断：没有定位权限") }
        val told = board().activeNotifications.single { it.tag.orEmpty().startsWith("track ") }.notification
        assertTrue("始终允许" in told.extras.getString(Notification.EXTRA_TEXT).orEmpty())
        assertEquals("firebee:track", shadowOf(told.contentIntent).savedIntent.dataString)
        phone.allowPlace()
        runBlocking { phone.shell.tracker.resume() }
        phone.service()
        phone.walk(2)
        phone.until("it is taken down") { broken().isEmpty() }
    }

    @Test
    fun `r_375 location switched off is told at once`() {
        begun()
        phone.walk(2)
        shadowOf(phone.satellites).setProviderEnabled(LocationManager.GPS_PROVIDER, false)
        phone.until("it is told") { broken() == listOf("轨迹已中断：定位已关闭") }
    }

    @Test
    fun `r_375 what is unsent for a day is told by a job that asks for no network`() {
        phone.allowPlace()
        phone.signIn()
        runBlocking { phone.shell.client.sync().stop() }
        phone.start()
        phone.office.close()
        job()
        assertFalse(UNSENT in titles())
        phone.pass(Duration.ofHours(25))
        job()
        phone.until("it is told") { UNSENT in titles() }
    }

    @Test
    fun `nothing of an account is told any more once it is signed out`() {
        phone.signIn()
        val told = Reminder("unsent", UNSENT, "", About.Sync, presses = false)
        phone.app.notices.post(told, Route.Sync)
        phone.until("it is told") { UNSENT in titles() }
        SettingsModel(phone.shell).signOut()
        phone.until("the account is signed out") { phone.shell.way.value == listOf<Route>(Route.SignIn) }
        assertEquals(emptyList<String>(), titles())
    }

    @Test
    fun `an answer that is typed is there again after the process ended, and so is the way to it`() {
        phone.allowPlace()
        phone.signIn()
        val task = phone.start()
        val at = Instance(runBlocking { phone.shell.client.screens().task(task) }.items.single().item, 1)
        val model = ItemModel(phone.shell, task, at)
        runBlocking { model.refresh() }
        for (letters in listOf("5", "5.", "5.5")) model.value("hours", letters)
        phone.shell.typed("leaving $task").put("reason", "请假")
        phone.until("the core has the last letter: ${model.calls.told.value}") { kept(task, at).contains(FieldValue("hours", "5.5")) }
        phone.until("and the reason") { reason(task) == "请假" }
        phone.die()
        phone.born()
        assertTrue(kept(task, at).contains(FieldValue("hours", "5.5")))
        val again = ItemModel(phone.shell, task, at)
        runBlocking { again.refresh() }
        assertTrue(again.draft.value?.values.orEmpty().contains(FieldValue("hours", "5.5")))
        assertEquals("请假", runBlocking { phone.shell.typed("leaving $task").known() }["reason"])
        runBlocking { phone.shell.client.tasks().record(task, at, Draft(values = listOf(FieldValue("hours", "5.5"), FieldValue("level", "normal"), FieldValue("grade", "correct")))) }
        assertTrue("what is shown now is what was recorded", kept(task, at).contains(FieldValue("level", "normal")))
    }

    @Test
    fun `a screen that shows evidence is not copied before somebody allows it`() {
        phone.allowPlace()
        phone.signIn()
        val task = phone.start()
        phone.shell.begin(Route.Today)
        val app = Robolectric.buildActivity(MainActivity::class.java, Intent()).setup()
        fun secret() = app.get().window.attributes.flags and FLAG_SECURE != 0
        phone.pass(Duration.ofSeconds(1))
        assertFalse(secret())
        phone.shell.go(Route.Task(task))
        phone.until("the screen is closed to copies") { secret() }
        phone.shell.allowScreenshots(true)
        phone.until("the screen is open to copies") { !secret() }
        assertTrue(phone.app.phone.preferences.screenshots)
        app.pause().stop().destroy()
    }

    private fun kept(task: TaskId, at: Instance) = runBlocking { phone.shell.client.screens().item(task, at) }.form.draft.values

    private fun reason(task: TaskId) =
        runBlocking { phone.shell.client.drafts().kept("leaving $task") }.firstOrNull { it.field == "reason" }?.text

    private fun begun() {
        phone.allowPlace()
        phone.signIn()
        phone.start()
        phone.service()
    }

    private fun job() {
        val job = Robolectric.buildService(RemindJob::class.java).create().get()
        assertTrue(job.onStartJob(Shadow.newInstanceOf(JobParameters::class.java)))
        phone.until("the job ends") { shadowOf(job).isJobFinished }
        assertFalse(shadowOf(job).isRescheduleNeeded)
    }

    private fun board() = phone.app.getSystemService(NotificationManager::class.java)

    /** What it says of a track that broke off. */
    private fun broken() = titles().filter { it.startsWith("轨迹") }

    /** What the board of notifications reminds of. */
    private fun titles() = board().activeNotifications.map { it.notification }
        .filter { it.channelId == "reminders" }.map { it.extras.getString(Notification.EXTRA_TITLE).orEmpty() }

    private companion object {
        const val UNSENT = "有记录超过一天没有上传"
    }
}
