package firebee.robolectric

import android.Manifest
import android.app.Application
import android.app.Notification
import android.content.Intent
import android.location.LocationManager
import android.os.PowerManager
import firebee.TaskId
import firebee.app.PhoneClock
import firebee.app.TrackService
import firebee.logic.Route
import firebee.logic.TaskModel
import firebee.logic.Tongue
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ServiceController

/** The track, from the satellites of the phone to the lead's page, and each silence with its cause. */
@RunWith(RobolectricTestRunner::class)
class TrackTest {
    @get:Rule val phone = Handset()

    @Test
    fun `a walk becomes a track on the server`() {
        begun()
        phone.walk(10)
        phone.handedIn("围栏内", "轨迹共 1 段，已收到 1 段")
    }

    @Test
    fun `the notification says what is recorded and since when, and leads to the task`() {
        phone.allowPlace()
        phone.signIn()
        val task = phone.start()
        val service = phone.service()
        phone.walk(3)
        val name = checkNotNull(phone.track()).taskName
        val since = checkNotNull(phone.track()?.since)
        phone.until("the notification says since when") {
            phone.walk(1)
            shown(service).extras.getString(Notification.EXTRA_TEXT) == "$name · 开始于 ${since.text}"
        }
        assertEquals("正在记录轨迹", shown(service).extras.getString(Notification.EXTRA_TITLE))
        assertEquals(since.at.toEpochMilli().toDouble(), shown(service).`when`.toDouble(), 30_000.0)
        assertTrue(shown(service).flags and Notification.FLAG_ONGOING_EVENT != 0)
        assertEquals("firebee:task/$task", shadowOf(shown(service).contentIntent).savedIntent.dataString)
    }

    @Test
    fun `in English the notification speaks English`() {
        val service = begun()
        phone.shell.speak(Tongue.ENGLISH)
        service.startCommand(0, 2)
        assertEquals("Recording the track", shown(service).extras.getString(Notification.EXTRA_TITLE))
    }

    @Test
    fun `a permission that is taken away is the cause of the silence`() {
        val service = begun()
        phone.walk(4)
        phone.forbid(Manifest.permission.ACCESS_FINE_LOCATION)
        service.startCommand(0, 2)
        assertTrue(shadowOf(service.get()).isStoppedBySelf)
        service.destroy()
        phone.pass(Duration.ofMinutes(2))
        phone.allowPlace()
        runBlocking { phone.shell.tracker.resume() }
        phone.service()
        phone.walk(4)
        phone.handedIn("没有定位权限")
    }

    @Test
    fun `without the permission the app asks for no service, which Android would end it for`() {
        phone.allowPlace()
        phone.signIn()
        phone.start()
        phone.service()
        phone.forbid(Manifest.permission.ACCESS_FINE_LOCATION)
        runBlocking { phone.shell.tracker.resume() }
        assertNull(shadowOf(phone.app as Application).nextStartedService)
    }

    @Test
    fun `location switched off is the cause of the silence`() = silent("定位已关闭") {
        shadowOf(phone.satellites).setProviderEnabled(LocationManager.GPS_PROVIDER, false)
        phone.pass(Duration.ofMinutes(2))
        shadowOf(phone.satellites).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
    }

    @Test
    fun `the battery saver is the cause of the silence`() = silent("省电模式") {
        save(true)
        phone.app.sendBroadcast(Intent(PowerManager.ACTION_POWER_SAVE_MODE_CHANGED))
        phone.pass(Duration.ofMinutes(2))
        save(false)
    }

    @Test
    fun `a battery saver that was on before the track is told as well`() {
        save(true)
        val service = begun()
        service.get()
        phone.walk(1)
        phone.pass(Duration.ofMinutes(2))
        phone.walk(2)
        phone.handedIn("省电模式")
    }

    @Test
    fun `a place that an app invents is the cause of the silence, and its time is not believed`() {
        begun()
        phone.walk(2)
        val believed = PhoneClock(phone.app).read().satellites
        assertNotNull(believed)
        phone.walk(20, invented = true)
        assertEquals(believed, PhoneClock(phone.app).read().satellites)
        phone.walk(2)
        phone.handedIn("模拟定位")
    }

    @Test
    fun `the service ends with the last task`() {
        begun()
        phone.walk(2)
        val first = (phone.shell.way.value.last() as Route.Task).task
        phone.shell.begin(Route.Today)
        val second = phone.start(SECOND)
        phone.walk(2)
        discard(first)
        assertNull("another task is recorded still", shadowOf(phone.app as Application).nextStoppedService)
        discard(second)
        val stopped = shadowOf(phone.app as Application).nextStoppedService
        assertEquals(TrackService::class.java.name, stopped?.component?.className)
        assertNull(phone.track())
    }

    private fun discard(task: TaskId) {
        val model = TaskModel(phone.shell, task)
        model.discard("误选")
        phone.until("the task is gone: ${model.calls.told.value}") { !model.calls.busy.value }
        assertNull(model.calls.told.value)
    }

    private fun begun(): ServiceController<TrackService> {
        phone.allowPlace()
        phone.signIn()
        phone.start()
        return phone.service()
    }

    /** A walk with a silence in its middle. */
    private fun silent(cause: String, silence: () -> Unit) {
        begun()
        phone.walk(4)
        silence()
        phone.walk(4)
        phone.handedIn(cause)
    }

    private fun save(on: Boolean) {
        val power = phone.app.getSystemService(PowerManager::class.java)
        shadowOf(power).setIsPowerSaveMode(on)
        shadowOf(power).setLocationPowerSaveMode(PowerManager.LOCATION_MODE_GPS_DISABLED_WHEN_SCREEN_OFF)
    }

    private fun shown(service: ServiceController<TrackService>): Notification =
        shadowOf(service.get()).lastForegroundNotification

    private companion object {
        const val SECOND = "启动蓄电池及仪表"
    }
}
