package firebee.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import firebee.AccountId
import firebee.Instance
import firebee.ItemRow
import firebee.TaskScreen
import firebee.Tone
import firebee.Words
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.TaskModel

@Composable
fun TaskPane(shell: Shell, model: TaskModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val task = view
    val open = task?.takeIf { it.record.allowed }
    Frame(shell, task?.name.orEmpty(), model.calls, main = if (open == null) null else ({
        Deed(open.submit, words.submit, "submit", busy, main = true, refused = open.steps.isEmpty()) { model.submit() }
    })) {
        if (task == null) return@Frame
        standing(task)
        steps(task, model, words)
        item { Heading("${words.items} · ${task.answered.text}") }
        items(task.items, { "${it.item}" }) { row -> ItemCard(row) { shell.go(Route.Item(model.task, Instance(row.item, 1))) } }
        if (task.record.allowed) {
            isolated(shell, task, model, busy, words)
            task.selfie?.let { photo -> item { PhotoRow(photo) { shell.go(Route.Photo(model.task, photo.photo)) } } }
            item { Other(if (task.selfie == null) words.selfie else "${words.retake} · ${words.selfieDone}", "selfie") { model.selfie() } }
            people(task, model, busy, words)
            item { Witness(task.witness, words, busy) { name, role, strokes -> model.witness(name, role, strokes) } }
        }
        item { Leaving(task, model, busy, words) }
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
            Note(said.text)
            Small(said.`when`.text)
        }
    }
    items(task.warnings) { Note(it) }
    items(task.notCounted) { Note(it, Tone.LATE) }
}

private fun LazyListScope.steps(task: TaskScreen, model: TaskModel, words: Words) {
    if (task.steps.isEmpty()) return
    item { Heading(words.steps) }
    items(task.steps) { step -> Card("step", { model.step(step) }) { Plain(step.text) } }
}

@Composable
private fun ItemCard(row: ItemRow, open: () -> Unit) = Card("item", open) {
    Plain(row.name)
    row.verdict?.let { State(it) }
    Small(listOfNotNull(row.facility, row.position).joinToString(" · "))
    Small("${row.instances.text} · ${row.photos.text}")
    if (row.openFault) Small(LocalWords.current.openFaults, Tone.NONCONFORM.ink())
}

private fun LazyListScope.isolated(shell: Shell, task: TaskScreen, model: TaskModel, busy: Boolean, words: Words) {
    if (task.restore.isEmpty()) return
    item { Heading(words.restore) }
    items(task.restore, { "restore ${it.system}" }) { row ->
        var name by remember { mutableStateOf("") }
        Card {
            Plain(row.name)
            val told = row.told
            val restored = row.restored
            if (told == null) {
                Small(row.before)
                Field(words.told, name, "told-${row.system}") { name = it }
                Other(words.isolate, "isolate-${row.system}", name.isNotBlank() && !busy) {
                    model.isolate(row.system, name)
                    name = ""
                }
            } else {
                Small("${words.told} $told")
                if (restored == null) {
                    Field(words.restoredBy, name, "restored-${row.system}") { name = it }
                    Other(words.putBack, "put-back-${row.system}", name.isNotBlank() && !busy) { model.putBack(row.system, name) }
                } else {
                    Small("${words.restoredBy} $restored")
                }
            }
            row.photo?.let { photo -> PhotoRow(photo) { shell.go(Route.Photo(task.task, photo.photo)) } }
        }
    }
}

/** Controller, helpers, instruments. */
private fun LazyListScope.people(task: TaskScreen, model: TaskModel, busy: Boolean, words: Words) {
    task.controller?.let { choice ->
        item { Heading(words.controller) }
        item {
            Together {
                var brand by remember { mutableStateOf(choice.chosen.orEmpty()) }
                choice.chosen?.let { Plain(it) }
                (choice.known + choice.listed.map { it.label }).distinct().filter { it != choice.chosen }.take(BRANDS_MAX).forEach {
                    Picked(false, "known=$it", { model.controller(it) }) { Plain(it) }
                }
                Field(words.controllerBrand, brand, "brand") { brand = it }
                Other(words.add, "keep-brand", brand.isNotBlank() && !busy) { model.controller(brand) }
                Other(words.takePhoto, "panel") { model.panel() }
                Picked(choice.none, "no-controller", { model.controller(null) }) { Plain(words.controllerNone) }
            }
        }
    }
    item { Heading(words.helpers) }
    items(task.helpers, { "helper ${it.name}" }) { row ->
        Ticked(row.chosen, "helper=${row.name}", { model.helper(row.name, !row.chosen) }) { Plain(row.name) }
    }
    item {
        var name by remember { mutableStateOf("") }
        Field(words.anotherName, name, "another-name") { name = it }
        Other(words.add, "add-helper", name.isNotBlank() && !busy) {
            model.helper(name.trim(), true)
            name = ""
        }
    }
    if (task.instruments.isNotEmpty()) item { Heading(words.instruments) }
    items(task.instruments, { "instrument ${it.number}" }) { row ->
        Ticked(row.chosen, "instrument=${row.number}", { model.instrument(row.number, !row.chosen) }) {
            Plain("${row.kind} ${row.number}")
            State(row.valid)
            Small(row.validTo)
        }
    }
}

/** So many makers are shown; the others are typed. */
private const val BRANDS_MAX = 6

/** How a task is given away or up. */
@Composable
private fun Leaving(task: TaskScreen, model: TaskModel, busy: Boolean, words: Words) {
    var reason by remember { mutableStateOf("") }
    var to by remember { mutableStateOf<AccountId?>(null) }
    if (!task.handOver.allowed && !task.discard.allowed) return
    Together {
        Heading(words.handOver)
        task.receivers.forEach { row -> Picked(row.account == to, "receiver=${row.name}", { to = row.account }) { Plain(row.name) } }
        Field(words.reason, reason, "leaving-reason") { reason = it }
        Deed(task.handOver, words.handOver, "hand-over", busy, ready = to != null, refused = false) { to?.let { model.handOver(it, reason) } }
        Deed(task.discard, words.discard, "discard", busy, refused = false) { model.discard(reason) }
    }
}
