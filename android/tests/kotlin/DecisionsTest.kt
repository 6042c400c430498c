package firebee.phones

import firebee.Device
import firebee.Draft
import firebee.Instance
import firebee.Permission
import firebee.PlanItemId
import firebee.TaskId
import firebee.logic.Calls
import firebee.logic.Door
import firebee.logic.Home
import firebee.logic.Phone
import firebee.logic.PermissionsModel
import firebee.logic.Route
import firebee.logic.Shell
import firebee.walk.ProcessClock
import firebee.walk.ProcessKeys
import java.nio.file.Files
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Test

/** What the shell decides by itself, on a real client that nobody has signed in to. */
class DecisionsTest {
    private val folder = Files.createTempDirectory("firebee-decisions")
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val asked = Asked(refused = setOf(Permission.CAMERA))
    private val phone = phone(folder, Roll(folder, emptyList()), asked)

    @After
    fun end() = scope.cancel()

    @Test
    fun `the app asks for its server once`() = runBlocking {
        val home = home(phone)
        home.open()
        assertSame(Door.Server, home.door.value)
        home.server(" http://127.0.0.1:1/ ")
        assertEquals("http://127.0.0.1:1", phone.preferences.server)
        assertEquals(listOf<Route>(Route.SignIn), opened(home).way.value)
    }

    @Test
    fun `permissions are asked one at a time in the order of the core, and a refused one is not repeated`() = runBlocking {
        val shell = shell()
        val model = PermissionsModel(shell)
        shell.begin(Route.Permissions)
        for (permission in Permission.entries) {
            assertEquals(permission, model.view.first { it?.permission == permission }?.permission)
            model.allow()
        }
        shell.way.first { it == listOf<Route>(Route.Pull) }
        assertEquals(Permission.entries.toList(), asked.asked)
        assertEquals(listOf(Permission.CAMERA), PermissionsModel.missing(shell).map { it.permission })
    }

    @Test
    fun `a model lives as long as its screen lies on the way`() = runBlocking {
        val shell = shell()
        shell.begin(Route.Today)
        shell.go(Route.Sync)
        shell.go(Route.Sync)
        assertEquals(listOf(Route.Today, Route.Sync), shell.way.value)
        val first = shell.model(Route.Sync) { Any() }
        assertSame(first, shell.model(Route.Sync) { Any() })
        shell.back()
        assertFalse(shell.back())
        assertNotSame(first, shell.model(Route.Sync) { Any() })
    }

    @Test
    fun `what was typed is there again after the way back`() = runBlocking {
        val shell = shell()
        val task = checkNotNull(TaskId.of("00000000-0000-4000-8000-000000000001"))
        val at = Instance(checkNotNull(PlanItemId.of("00000000-0000-4000-8000-000000000002")), 1)
        shell.keep(task, at, Draft(position = "B1"))
        assertEquals("B1", shell.draft(task, at)?.position)
        assertNull(shell.draft(task, at.copy(ordinal = 2)))
        shell.keep(task, at, null)
        assertNull(shell.draft(task, at))
    }

    @Test
    fun `a second tap before the end of an act does nothing`() = runBlocking {
        val calls = Calls(scope)
        val end = CompletableDeferred<Unit>()
        val ran = AtomicInteger()
        repeat(2) {
            calls.act {
                ran.incrementAndGet()
                end.await()
            }
        }
        end.complete(Unit)
        calls.busy.first { !it }
        assertEquals(1, ran.get())
    }

    private suspend fun shell(): Shell {
        phone.preferences.server = "http://127.0.0.1:1"
        return opened(home(phone).apply { open() })
    }

    private suspend fun opened(home: Home) = (home.door.first { it is Door.Open } as Door.Open).shell

    private fun home(phone: Phone) =
        Home("${folder.resolve("store")}", Device("JVM", "JVM", "0"), phone, ProcessKeys(), ProcessClock(), scope)
}
