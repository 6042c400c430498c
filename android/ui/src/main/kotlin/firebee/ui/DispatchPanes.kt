package firebee.ui

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.DispatchRow
import firebee.Outcome
import firebee.Tone
import firebee.logic.DispatchModel
import firebee.logic.DispatchesModel
import firebee.logic.Route
import firebee.logic.Shell

@Composable
fun DispatchesPane(shell: Shell, model: DispatchesModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val sought by model.sought.collectAsState()
    Frame(shell, words.dispatches, model.calls) {
        item { Field(words.search, sought.text, "search", change = model::text) }
        item { Among(listOf(false to words.searchMine, true to words.searchAll), sought.led, "led", model::led) }
        val found = view ?: return@Frame
        item { Several { found.states.forEach { One(it.word, it.chosen, "state=${it.word}") { model.state(it) } } } }
        val rows = found.rows
        if (rows.rows.isEmpty()) item { Plain(words.nothing) }
        items(rows.rows, { "${it.dispatch}" }) { row -> DispatchCard(row) { shell.go(Route.Dispatch(row.dispatch)) } }
        if (rows.more) item { Onward(rows.rows.size) { model.more() } }
    }
}

@Composable
fun DispatchCard(row: DispatchRow, open: (() -> Unit)? = null) = Card("dispatch", open) {
    Plain("${row.kindWord} · ${row.what}")
    State(row.state)
    Small(listOfNotNull(row.projectName, row.position).joinToString(" · "))
    Small("${row.teamLead} · ${row.`when`.text}")
}

@Composable
fun DispatchPane(shell: Shell, model: DispatchModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    val details = model.details.said("details")
    LaunchedEffect(model) { model.follow() }
    val screen = view
    Frame(shell, screen?.row?.what.orEmpty(), model.calls, main = {
        val row = screen?.row
        when {
            row == null -> Unit
            row.receive.allowed -> Deed(row.receive, words.receive, "receive", busy, main = true) { model.receive() }
            row.start.allowed -> Deed(row.start, words.begin, "begin", busy, main = true) { model.start() }
            row.finish.allowed -> {
                Deed(row.finish, words.resolved, "resolved", busy, main = true, ready = details.isNotBlank()) { model.finish(Outcome.RESOLVED, details) }
                Deed(row.finish, words.unresolved, "unresolved", busy, ready = details.isNotBlank()) { model.finish(Outcome.UNRESOLVED, details) }
            }
        }
    }) {
        if (screen == null) return@Frame
        item { DispatchCard(screen.row) }
        item { Plain(listOf(screen.system, screen.address).filter { it.isNotEmpty() }.joinToString(" · ")) }
        item { Fact(words.fault, screen.fault) }
        if (screen.plan.isNotEmpty()) item { Fact(words.repairPlan, screen.plan) }
        items(screen.notCounted) { Note(it, Tone.LATE) }
        if (screen.row.finish.allowed) {
            item { TypedField(words.foundAndDone, model.details, "details", "details") }
            item { Together { AttachedRows(model.attached, model.calls) } }
        }
        item { Heading(words.history) }
        items(screen.log) { step ->
            Card {
                Plain("${step.what} · ${step.who}")
                Small(step.`when`.text)
                if (step.details.isNotEmpty()) Plain(step.details)
            }
        }
    }
}
