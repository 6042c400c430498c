package firebee.logic

import firebee.AccountId
import firebee.DiscardTask
import firebee.HandOverTask
import firebee.Isolable
import firebee.IsolateSystem
import firebee.PhotoRole
import firebee.PickOption
import firebee.Purpose
import firebee.Step
import firebee.StepKind
import firebee.TaskId
import firebee.TaskScreen
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** A task: its items, what is still missing, who and what was there, and its acts. */
class TaskModel(shell: Shell, val task: TaskId) : Reader<TaskScreen>(shell) {
    private val tasks get() = shell.client.tasks()

    private val found = MutableStateFlow(emptyList<PickOption>())
    private var finding: Job? = null

    /** The makers of controllers that hold the words that were typed last. */
    val makers: StateFlow<List<PickOption>> = found.asStateFlow()

    /** Why the task is given away or up, and to whom, while it is typed. */
    val leaving: Typed = shell.typed("leaving $task")

    /** A controller's brand, while it is typed. */
    val brand: Typed = shell.typed("controller $task")

    /** The name of somebody else who is there, while it is typed. */
    val another: Typed = shell.typed("helper $task")

    /** The witness, while it is typed. */
    val signing: Typed = shell.typed("witness $task")

    override suspend fun read(): TaskScreen = shell.client.screens().task(task)

    /** Who was told of a system, and who put it back, while it is typed. */
    fun restoring(system: Isolable): Typed = shell.restoring(task, system)

    /** Goes to where a step is done. */
    fun step(step: Step) {
        when (val kind = step.kind) {
            is StepKind.Item -> shell.go(Route.Item(task, kind.instance))
            is StepKind.Fault -> shell.go(Route.Item(task, kind.instance))
            is StepKind.Photo -> shell.go(Route.Camera(task, kind.purpose))
            StepKind.Selfie -> selfie()
            is StepKind.Restore, StepKind.Line -> part(Part.RESTORE)
            StepKind.Controller -> part(Part.CONTROLLER)
            StepKind.Witness -> part(Part.WITNESS)
        }
    }

    fun part(part: Part): Unit = shell.go(Route.Aside(task, part))

    fun selfie(): Unit = shell.go(Route.Camera(task, Purpose(PhotoRole.SELFIE, null)))

    /** The panel of the controller. */
    fun panel(): Unit = shell.go(Route.Camera(task, Purpose(PhotoRole.PANEL, null)))

    fun findMaker(words: String) {
        finding?.cancel()
        finding = calls.run {
            found.value = if (words.isBlank()) emptyList() else shell.client.screens().controllers(task, words)
        }
    }

    /** No brand says that there is no alarm system. */
    fun controller(brand: String?): Unit = calls.act {
        tasks.setController(task, brand)
        this.brand.done()
    }

    fun helper(name: String, there: Boolean): Unit = calls.act {
        tasks.setHelpers(task, if (there) (helpers() + name).distinct() else helpers() - name)
    }

    /** Somebody who is on no list. */
    fun add(name: String): Unit = calls.act {
        tasks.setHelpers(task, (helpers() + name.trim()).distinct())
        another.done()
    }

    private fun helpers() = view.value?.helpers.orEmpty().filter { it.chosen }.map { it.name }

    fun instrument(number: String, used: Boolean): Unit = calls.act {
        val chosen = view.value?.instruments.orEmpty().filter { it.chosen }.map { it.number }
        tasks.setInstruments(task, if (used) (chosen + number).distinct() else chosen - number)
    }

    fun isolate(system: Isolable, told: String): Unit = calls.act {
        tasks.isolate(IsolateSystem(task, system, told))
        restoring(system).done()
    }

    fun confirm(line: String): Unit = calls.act { tasks.confirmLine(task, line) }

    fun putBack(system: Isolable, by: String): Unit =
        shell.go(Route.Camera(task, Purpose(PhotoRole.RESTORED, null), Restored(system, by)))

    fun witness(name: String, role: String, strokes: List<Stroke>): Unit = calls.act {
        val picture = shell.phone.files.signature(strokes)
        tasks.witness(task, name, role, picture)
        shell.phone.files.drop(picture)
        signing.done()
    }

    fun track(): Unit = calls.act { shell.tracker.begin(task) }

    fun submit(): Unit = calls.act {
        tasks.submit(task)
        shell.tracker.settle()
    }

    fun handOver(to: AccountId, reason: String): Unit = calls.act {
        tasks.handOver(HandOverTask(task, to, reason))
        leaving.done()
        shell.tracker.settle()
        shell.leave(task)
    }

    fun discard(reason: String): Unit = calls.act {
        tasks.discard(DiscardTask(task, reason))
        leaving.done()
        shell.tracker.settle()
        shell.leave(task)
    }
}

/** What is typed of a system that a test touches. */
internal fun Shell.restoring(task: TaskId, system: Isolable): Typed = typed("restore $task $system")
