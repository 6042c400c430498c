package firebee.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.TaskScreen
import firebee.Words
import firebee.logic.Part
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.TaskModel

/** What belongs to a task beside its items, one of it on a screen of its own. */
@Composable
fun PartPane(shell: Shell, model: TaskModel, part: Part) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val title = when (part) {
        Part.RESTORE -> words.restore
        Part.CONTROLLER -> words.controller
        Part.HELPERS -> words.helpers
        Part.INSTRUMENTS -> words.instruments
        Part.WITNESS -> words.witness
        Part.LEAVING -> words.handOver
    }
    val task = view
    Frame(shell, title, model.calls) {
        if (task == null) return@Frame
        item { Small(task.name) }
        when (part) {
            Part.RESTORE -> {
                isolated(shell, task, model, busy, words)
                checklist(task, model)
            }
            Part.CONTROLLER -> item { Controller(task, model, busy, words) }
            Part.HELPERS -> helpers(task, model, busy, words)
            Part.INSTRUMENTS -> instruments(task, model)
            Part.WITNESS -> item { Witness(task.witness, model.signing, words, busy) { name, role, strokes -> model.witness(name, role, strokes) } }
            Part.LEAVING -> item { Leaving(task, model, busy, words) }
        }
    }
}

/** The checklist before and after a test: who was told, and that each system is back in automatic. */
private fun LazyListScope.isolated(shell: Shell, task: TaskScreen, model: TaskModel, busy: Boolean, words: Words) {
    items(task.restore, { "restore ${it.system}" }) { row ->
        val typed = model.restoring(row.system)
        val told = row.told
        val restored = row.restored
        Card {
            Plain(row.name)
            if (told == null) {
                Small(row.before)
                val name = typed.said("told")
                TypedField(words.told, typed, "told", "told-${row.system}")
                Gap()
                Other(words.isolate, "isolate-${row.system}", name.isNotBlank() && !busy) { model.isolate(row.system, name) }
            } else {
                Small("${words.told} $told")
            }
            if (told != null && restored == null) {
                val name = typed.said("by")
                TypedField(words.restoredBy, typed, "by", "restored-${row.system}")
                Gap()
                Other(words.putBack, "put-back-${row.system}", name.isNotBlank() && !busy) { model.putBack(row.system, name) }
            }
            restored?.let { Small("${words.restoredBy} $it") }
            row.photo?.let { photo -> PhotoRow(photo) { shell.go(Route.Photo(task.task, photo.photo)) } }
        }
    }
}

/** The firm's own lines of the checklist; one that is confirmed stays so. */
private fun LazyListScope.checklist(task: TaskScreen, model: TaskModel) =
    items(task.checklist, { "line ${it.name}" }) { row ->
        Ticked(row.chosen, "line=${row.name}", { model.confirm(row.name) }) { Plain(row.name) }
    }

private fun LazyListScope.helpers(task: TaskScreen, model: TaskModel, busy: Boolean, words: Words) {
    items(task.helpers, { "helper ${it.name}" }) { row ->
        Ticked(row.chosen, "helper=${row.name}", { model.helper(row.name, !row.chosen) }) { Plain(row.name) }
    }
    item {
        val name = model.another.said("name")
        Together {
            TypedField(words.anotherName, model.another, "name", "another-name")
            Other(words.add, "add-helper", name.isNotBlank() && !busy) { model.add(name) }
        }
    }
}

private fun LazyListScope.instruments(task: TaskScreen, model: TaskModel) =
    items(task.instruments, { "instrument ${it.number}" }) { row ->
        Ticked(row.chosen, "instrument=${row.number}", { model.instrument(row.number, !row.chosen) }) {
            Plain("${row.kind} ${row.number}")
            State(row.valid)
            Small(row.validTo)
        }
    }
