package firebee.ui

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.Choice
import firebee.logic.Shell
import firebee.logic.UndecidedModel

/** What the server received and does not count. */
@Composable
fun UndecidedPane(shell: Shell, model: UndecidedModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val screen = view
    Frame(shell, words.undecided, model.calls) {
        if (screen == null) return@Frame
        item { Plain(screen.text) }
        items(screen.groups) { group ->
            val facts = group.rows.map { it.fact }
            val typed = model.reason(facts)
            val reason = typed.said("reason")
            Card {
                Plain("${group.authorName} · ${group.taskName}")
                Small(group.projectName)
                Note(group.why)
                group.rows.forEach { row -> Small("${row.what} ${row.says} · ${row.`when`.text}") }
                TypedField(words.reason, typed, "reason", "reason")
                Deed(group.adopt, words.adopt, "adopt", busy, ready = reason.isNotBlank()) { model.decide(facts, Choice.ADOPTED, reason) }
                Deed(group.refuse, words.refuse, "refuse", busy, ready = reason.isNotBlank()) { model.decide(facts, Choice.REFUSED, reason) }
            }
        }
    }
}
