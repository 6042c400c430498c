package firebee.robolectric

import android.Manifest
import android.app.Application
import android.content.Context
import android.content.Intent
import android.location.Location
import android.location.LocationManager
import android.os.Looper
import android.os.SystemClock
import firebee.Draft
import firebee.FieldValue
import firebee.Instance
import firebee.PhotoRole
import firebee.Purpose
import firebee.TaskId
import firebee.TrackScreen
import firebee.app.FirebeeApp
import firebee.app.PhoneClock
import firebee.app.TrackService
import firebee.logic.Door
import firebee.logic.PullModel
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.SignInModel
import firebee.logic.TaskModel
import firebee.logic.TodayModel
import firebee.walk.PASSWORD
import java.nio.file.Files.createTempDirectory
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.locks.LockSupport
import kotlin.io.path.extension
import kotlin.io.path.listDirectoryEntries
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import org.junit.rules.ExternalResource
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ServiceController
import org.robolectric.shadows.ShadowSystemClock
import org.robolectric.util.ReflectionHelpers
import org.robolectric.util.ReflectionHelpers.ClassParameter

internal const val ITEM = "储油量"

/** What a test waits for at most. */
private const val WAIT_NS = 40_000_000_000

/** Between two looks. */
private const val LOOK_NS = 5_000_000L

/** Between two fixes; the phone tells when a fix came to within less than half of it. */
private val STEP = Duration.ofSeconds(5)

/** A phone with the app that ships, and a server of its own, or one that runs elsewhere. */
class Handset(val folder: Path = createTempDirectory("firebee-handset"), private val elsewhere: String? = null) : ExternalResource() {
    private var opened: Office? = null
    private var lon = 101.778

    val office: Office get() = opened ?: Office(folder).also { opened = it }
    private val url get() = elsewhere ?: office.url
    val app: FirebeeApp get() = RuntimeEnvironment.getApplication() as FirebeeApp
    val shell: Shell get() = (app.home.door.value as Door.Open).shell
    val satellites: LocationManager get() = app.getSystemService(LocationManager::class.java)

    override fun before() {
        Vault.open(folder)
        // What a new process does not know.
        ReflectionHelpers.setStaticField(TrackService::class.java, "hear", null)
        for (field in listOf("latest", "lastPlace")) ReflectionHelpers.setStaticField(PhoneClock::class.java, field, null)
        shadowOf(satellites).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
    }

    override fun after() {
        die()
        opened?.close()
    }

    /** Looks until it is so; meanwhile the phone's main thread goes on, and its clock. */
    fun until(what: String, condition: () -> Boolean) {
        val begun = System.nanoTime()
        var looked = begun
        while (!condition()) {
            check(System.nanoTime() - begun < WAIT_NS) { "not seen: $what" }
            LockSupport.parkNanos(LOOK_NS)
            val now = System.nanoTime()
            pass(Duration.ofNanos(now - looked))
            looked = now
        }
    }

    /** Time goes by. */
    fun pass(time: Duration) {
        ShadowSystemClock.advanceBy(time)
        shadowOf(Looper.getMainLooper()).idle()
    }

    /** Types the server's address, signs in with a password of one's own, and pulls. */
    fun signIn(): Shell {
        app.home.server(url)
        until("the client is open") { app.home.door.value is Door.Open }
        val shell = shell
        val model = SignInModel(shell)
        model.login("operator-1")
        model.password(PASSWORD)
        model.signIn()
        until("another password is asked for") { model.view.value.newPassword != null && !model.calls.busy.value }
        model.newPassword("$PASSWORD-2")
        model.signIn()
        until("somebody is signed in: ${model.calls.told.value}") { shell.way.value.last() != Route.SignIn }
        PullModel(shell).pull()
        until("everything is pulled") { shell.way.value.first() == Route.Today }
        return shell
    }

    fun allow(vararg permissions: String) = shadowOf(app as Application).grantPermissions(*permissions)

    fun forbid(vararg permissions: String) = shadowOf(app as Application).denyPermissions(*permissions)

    fun allowPlace() = allow(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_BACKGROUND_LOCATION)

    /** Starts a task of one item, as the first screen of a day does. */
    fun start(item: String = ITEM): TaskId {
        val model = TodayModel(shell)
        runBlocking { model.refresh() }
        val group = checkNotNull(model.view.value).issued.single()
        model.pick(group, group.items.single { it.name == item && it.task == null }.item)
        model.start()
        until("the task is begun: ${model.calls.told.value}") { shell.way.value.last() is Route.Task && !model.calls.busy.value }
        return (shell.way.value.last() as Route.Task).task
    }

    /** The service of the track as the system runs it once the app has asked for it. */
    fun service(): ServiceController<TrackService> {
        var asked: Intent? = null
        until("the app asks for the service") {
            asked = shadowOf(app as Application).nextStartedService
            asked != null
        }
        check(asked?.component?.className == TrackService::class.java.name)
        return Robolectric.buildService(TrackService::class.java, asked).create().startCommand(0, 1)
    }

    /**
     * Walks along the fence's middle: a fix each five seconds, and each is with the core before the next one comes. Nothing is
     * sent meanwhile: the clock of the phone runs ahead of the server's here, which answers would show.
     */
    fun walk(fixes: Int, invented: Boolean = false) {
        runBlocking { shell.client.sync().stop() }
        repeat(fixes) { step(invented) }
    }

    private fun step(invented: Boolean) {
        pass(STEP)
        val before = track()?.lastFix?.at
        lon += 1e-5
        val place = Location(LocationManager.GPS_PROVIDER).apply {
            latitude = 36.617
            longitude = lon
            accuracy = 4f
            time = System.currentTimeMillis()
            elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
            isMock = invented
        }
        shadowOf(satellites).simulateLocation(place)
        until("the core has the fix") { track()?.lastFix?.at.let { it != null && (before == null || it > before + STEP.dividedBy(2)) } }
    }

    fun track(): TrackScreen? = runBlocking { shell.client.screens().track() }

    /** Hands the task of the track in, sends everything, and gives the lead's page of it, with the track judged. */
    fun handedIn(vararg says: String): String {
        val task = checkNotNull(track()).task
        runBlocking { answer(task) }
        val model = TaskModel(shell, task)
        model.submit()
        until("the task is handed in") { !model.calls.busy.value }
        check(model.calls.told.value == null) { "${model.calls.told.value}" }
        runBlocking { check(shell.client.sync().now()) { "the round did not come to its end" } }
        var page = ""
        try {
            until("the server has judged the track, and the page says ${says.toList()}") {
                page = office.task()
                "轨迹共" in page && "轨迹还没有收齐" !in page && says.all { it in page }
            }
        } catch (late: IllegalStateException) {
            throw IllegalStateException(page.substringAfter("track-title").replace(Regex("<[^>]+>|\\s+"), " ").take(2_000), late)
        }
        return page
    }

    private suspend fun answer(task: TaskId) {
        val at = Instance(shell.client.screens().task(task).items.single().item, 1)
        val values = listOf(FieldValue("hours", "5.5"), FieldValue("level", "normal"), FieldValue("grade", "correct"))
        shell.client.tasks().record(task, at, Draft(values = values))
        shell.client.tasks().setController(task, "海湾")
        for (role in listOf(PhotoRole.SELFIE, PhotoRole.PANEL)) photograph(task, role)
    }

    suspend fun photograph(task: TaskId, role: PhotoRole) {
        val picture = Path.of("tests/fixtures/photos").listDirectoryEntries().filter { it.extension == "jpg" }.min()
        shell.client.evidence().takePhoto(task, Purpose(role, null), "$picture")
    }

    /** The process of the app ends without a word to it, as far as one process can show it. */
    fun die() {
        app.scope.cancel()
        val client = (app.home.door.value as? Door.Open)?.shell?.client ?: return
        runBlocking { client.sync().stop() }
        client.close()
    }

    /** The system makes a process for the app: its application begins anew on the same phone. */
    fun born() {
        val base: Context = (app as Application).baseContext
        val anew = FirebeeApp()
        ReflectionHelpers.callInstanceMethod<Unit>(
            Application::class.java, anew, "attach", ClassParameter.from(Context::class.java, base),
        )
        @Suppress("DEPRECATION")
        RuntimeEnvironment.application = anew
        anew.onCreate()
        // The store belongs to one client at a time: the one before holds it until the last of its calls is collected.
        until("the client is open") {
            if (anew.home.door.value is Door.Refused) {
                System.gc()
                anew.home.open()
            }
            anew.home.door.value is Door.Open
        }
    }
}
