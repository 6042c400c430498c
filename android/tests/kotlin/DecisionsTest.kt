package firebee.phones

import firebee.About
import firebee.Device
import firebee.DispatchId
import firebee.Permission
import firebee.PlanId
import firebee.PlanItemId
import firebee.ProjectId
import firebee.TaskId
import firebee.logic.Attached
import firebee.logic.Calls
import firebee.logic.Door
import firebee.logic.Home
import firebee.logic.Part
import firebee.logic.Phone
import firebee.logic.PermissionsModel
import firebee.logic.Picked
import firebee.logic.Point
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.Shot
import firebee.logic.Signature
import firebee.logic.Stroke
import firebee.logic.SupplementaryModel
import firebee.logic.route
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
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
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
    fun `what is typed is there again in another process until its act is done`() = runBlocking {
        val home = home(phone)
        phone.preferences.server = "http://127.0.0.1:1"
        home.open()
        val shell = opened(home)
        val typed = shell.typed("leaving 1")
        for (letters in listOf("请", "请假", "请假一", "请假一周")) typed.put("reason", letters)
        typed.put("to", "somebody")
        assertSame(typed, shell.typed("leaving 1"))
        // The letters lie in the store, as another client of the same folder would read them.
        waitFor { kept(shell, "leaving 1") == mapOf("reason" to "请假一周", "to" to "somebody") }
        val again = Shell(shell.client, scope, phone).typed("leaving 1")
        assertEquals("请假一周", again.known()["reason"])
        assertEquals(emptyMap<String, String>(), shell.typed("leaving 2").known())
        again.done()
        waitFor { kept(shell, "leaving 1").isEmpty() }
    }

    private suspend fun kept(shell: Shell, place: String) = shell.client.drafts().kept(place).associate { it.field to it.text }

    private suspend fun waitFor(condition: suspend () -> Boolean) = withTimeout(20_000) { while (!condition()) yield() }

    @Test
    fun `what is chosen and a signature are kept like what is typed`() = runBlocking {
        val shell = shell()
        val project = checkNotNull(ProjectId.of("00000000-0000-4000-8000-000000000001"))
        val model = SupplementaryModel(shell, project)
        for (item in listOf("b", "a", "c", "b")) model.pick(item)
        waitFor { kept(shell, "supplementary $project") == mapOf("picked" to "a c") }
        val again = SupplementaryModel(Shell(shell.client, scope, phone), project)
        assertEquals(setOf("a", "c"), again.picked.first { it.isNotEmpty() })
        val plan = checkNotNull(PlanId.of("00000000-0000-4000-8000-000000000002"))
        val items = (1..3).mapNotNull { PlanItemId.of("00000000-0000-4000-8000-00000000000$it") }.toSet()
        assertEquals(Picked(plan, items), Picked.of(Picked(plan, items).text))
        assertNull(Picked.of(""))
        assertNull(Picked.of("$plan"))
        val strokes = listOf(Stroke(listOf(Point(0f, 0.25f), Point(1f, 0.5f))), Stroke(listOf(Point(0.1234f, 1f))))
        assertEquals("0,2500 10000,5000;1234,10000", Signature.text(strokes))
        assertEquals(strokes, Signature.strokes(Signature.text(strokes)))
        assertEquals("10000,0", Signature.text(listOf(Stroke(listOf(Point(1.5f, -1f))))))
        assertEquals(emptyList<Stroke>(), Signature.strokes(""))
        assertEquals(listOf(Stroke(listOf(Point(0.1f, 0.2f)))), Signature.strokes("a 1000,2000 5"))
    }

    @Test
    fun `files that go with an act are there again in another process, without those that are gone`() = runBlocking {
        val shell = shell()
        val files = shell.phone.files as Drawer
        val paths = listOf("a.jpg", "b.pdf", "c.png").map { folder.resolve(it).also { file -> Files.write(file, byteArrayOf(1)) }.toString() }
        val attached = Attached(shell.phone, shell.typed("dispatch 1"))
        assertEquals(emptyList<Shot>(), attached.known())
        attached.pick()
        files.chosen = paths.take(1)
        attached.pick()
        files.chosen = paths.drop(1)
        attached.pick()
        waitFor { kept(shell, "dispatch 1") == mapOf("files" to paths.joinToString("\n")) }
        val again = Attached(shell.phone, Shell(shell.client, scope, phone).typed("dispatch 1"))
        assertEquals(paths.map { Shot(it) }, again.known())
        again.remove(Shot(paths[1]))
        assertFalse(Files.exists(folder.resolve("b.pdf")))
        Files.delete(folder.resolve("c.png"))
        assertEquals(listOf(Shot(paths[0])), again.shots.first())
    }

    @Test
    fun `whoever has gone on from a task that is handed over stays there`() = runBlocking {
        val shell = shell()
        val task = checkNotNull(TaskId.of("00000000-0000-4000-8000-000000000001"))
        shell.begin(Route.Today)
        shell.go(Route.Task(task))
        shell.leave(task)
        assertEquals(listOf<Route>(Route.Today), shell.way.value)
        shell.go(Route.Task(task))
        shell.go(Route.Aside(task, Part.LEAVING))
        shell.go(Route.Sync)
        shell.leave(task)
        assertEquals(listOf(Route.Today, Route.Sync), shell.way.value)
        shell.begin(Route.Task(task))
        shell.leave(task)
        assertEquals(listOf<Route>(Route.Today), shell.way.value)
    }

    @Test
    fun `screens that show evidence are not copied before somebody allows it`() = runBlocking {
        val shell = shell()
        val task = checkNotNull(TaskId.of("00000000-0000-4000-8000-000000000001"))
        shell.begin(Route.Today)
        assertFalse(shell.secret.first())
        shell.go(Route.Task(task))
        assertTrue(shell.secret.first())
        shell.allowScreenshots(true)
        assertFalse(shell.secret.first())
        assertTrue("the choice is remembered", phone.preferences.screenshots)
    }

    @Test
    fun `a reminder leads to its screen`() {
        val task = checkNotNull(TaskId.of("00000000-0000-4000-8000-000000000001"))
        val dispatch = checkNotNull(DispatchId.of("00000000-0000-4000-8000-000000000001"))
        assertEquals(Route.Task(task), About.Task(task).route())
        assertEquals(Route.Dispatch(dispatch), About.Dispatch(dispatch).route())
        val plain = listOf(About.Today to Route.Today, About.Sync to Route.Sync, About.Track to Route.Track, About.Undecided to Route.Undecided)
        for ((about, route) in plain) assertEquals(route, about.route())
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
