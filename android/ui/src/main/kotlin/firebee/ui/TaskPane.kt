package firebee.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import firebee.Instance
import firebee.ItemRow
import firebee.TaskScreen
import firebee.Tone
import firebee.Words
import firebee.logic.Part
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.TaskModel

/** A task: where it stands, what is missing, its items, and what belongs to it beside them. */
@Composable
fun TaskPane(shell: Shell, model: TaskModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    var all by rememberSaveable { mutableStateOf(false) }
    val task = view
    val open = task?.takeIf { it.record.allowed }
    Frame(shell, task?.name.orEmpty(), model.calls, main = if (open == null) null else ({
        Deed(open.submit, words.submit, "submit", busy, main = true, refused = open.steps.isEmpty()) { model.submit() }
    })) {
        if (task == null) return@Frame
        standing(task)
        steps(task, all, { all = true }, model, words)
        item { Heading("${words.items} · ${task.answered.text}") }
        items(task.items, { "${it.item}" }) { row -> ItemCard(row) { shell.go(Route.Item(model.task, Instance(row.item, 1))) } }
        if (open != null) beside(shell, task, model, words)
        if (task.handOver.allowed || task.discard.allowed) {
            item { Other("${words.handOver} · ${words.discard}", "part-LEAVING") { model.part(Part.LEAVING) } }
        }
    }
}

/** Where the task stands, and what its executor should know. */
private fun LazyListScope.standing(task: TaskScreen) {
    item {
        Together {
            States(task.state, task.coverage, task.due?.inTime)
            Small("${task.projectName} · ${task.kind}")
            task.due?.let { due ->
                Small(listOfNotNull(due.day, due.left?.text).joinToString(" · "), due.left?.tone?.ink() ?: LocalPalette.current.soft)
                due.decidedBy?.let { Small(it) }
            }
        }
    }
    task.outsidePlan?.let { item { Note(it) } }
    task.gone?.let { item { Note(it.text, Tone.NONCONFORM) } }
    task.opinion?.let { said ->
        item {
            Together {
                Note(said.text)
                Small(said.`when`.text)
            }
        }
    }
    items(task.warnings) { Note(it) }
    items(task.notCounted) { Note(it, Tone.LATE) }
}

/** So many steps are shown at first: the next one is clear, and the items stay within reach. */
private const val STEPS_FIRST = 4

private fun LazyListScope.steps(task: TaskScreen, all: Boolean, unfold: () -> Unit, model: TaskModel, words: Words) {
    if (task.steps.isEmpty()) return
    item { Heading(words.steps) }
    items(if (all) task.steps else task.steps.take(STEPS_FIRST)) { step -> Card("step", { model.step(step) }) { Plain(step.text) } }
    if (!all && task.steps.size > STEPS_FIRST) {
        item { Other("${words.more} · $STEPS_FIRST/${task.steps.size}", "all-steps", act = unfold) }
    }
}

@Composable
private fun ItemCard(row: ItemRow, open: () -> Unit) = Card("item", open) {
    Plain(row.name)
    row.verdict?.let { State(it) }
    Small(listOfNotNull(row.facility, row.position).joinToString(" · "))
    Small("${row.instances.text} · ${row.photos.text}")
    if (row.openFault) Small(LocalWords.current.openFaults, Tone.NONCONFORM.ink())
}

/** Who and what was there: a line each, which leads to where it is entered. */
private fun LazyListScope.beside(shell: Shell, task: TaskScreen, model: TaskModel, words: Words) {
    item { Heading(words.people) }
    val steps = task.restore.map { it.restored != null } + task.checklist.map { it.chosen }
    if (steps.isNotEmpty()) {
        item { PartCard(words.restore, "${steps.count { it }}/${steps.size}", Part.RESTORE, model) }
    }
    item { Selfie(shell, task, model, words) }
    task.controller?.let { choice ->
        val said = choice.chosen ?: words.controllerNone.takeIf { choice.none } ?: words.choose
        item { PartCard(words.controller, said, Part.CONTROLLER, model) }
    }
    val helpers = task.helpers.filter { it.chosen }.joinToString(" · ") { it.name }
    item { PartCard(words.helpers, helpers.ifEmpty { words.choose }, Part.HELPERS, model) }
    if (task.instruments.isNotEmpty()) {
        val used = task.instruments.filter { it.chosen }.joinToString(" · ") { "${it.kind} ${it.number}" }
        item { PartCard(words.instruments, used.ifEmpty { words.choose }, Part.INSTRUMENTS, model) }
    }
    if (task.witness.asked || task.witness.signed != null) {
        item { PartCard(words.witness, task.witness.signed ?: words.witnessSign, Part.WITNESS, model) }
    }
}

@Composable
private fun PartCard(title: String, said: String, part: Part, model: TaskModel) = Card("part-$part", { model.part(part) }) {
    Plain(title)
    Small(said)
}

@Composable
private fun Selfie(shell: Shell, task: TaskScreen, model: TaskModel, words: Words) = Together {
    task.selfie?.let { photo -> PhotoRow(photo) { shell.go(Route.Photo(task.task, photo.photo)) } }
    Other(if (task.selfie == null) words.selfie else "${words.retake} · ${words.selfieDone}", "selfie") { model.selfie() }
}
