package firebee.ui

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.SaidRow
import firebee.Words
import firebee.logic.RecordModel
import firebee.logic.Shell

/** What the law asks of a fault beside its description: each point is open until somebody says it. */
@Composable
fun RecordPane(shell: Shell, model: RecordModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val entered by model.entered.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val screen = view
    Frame(shell, words.recordFault, model.calls, main = {
        screen?.let { Deed(it.fault.record, words.save, "keep-record", busy, main = true) { model.save() } }
    }) {
        val now = entered
        if (screen == null || now == null) return@Frame
        item {
            val row = screen.fault
            Together {
                Small("${row.itemName} ${row.place}".trim())
                Plain(row.text)
                State(row.state)
            }
        }
        item { YesNo(words.systemStopped, now.stopped, "stopped", words) { said -> model.enter { it.copy(stopped = said) } } }
        item { YesNo(words.brigadeTold, now.told, "told", words) { said -> model.enter { it.copy(told = said) } } }
        item { Field(words.measures, now.measures, "measures") { said -> model.enter { it.copy(measures = said) } } }
        item { Field(words.ownerOpinion, now.opinion, "owner-opinion") { said -> model.enter { it.copy(opinion = said) } } }
        item {
            Field(words.confirmedBy, now.confirmedBy, "confirmed-by", hint = words.confirmedNow) { said ->
                model.enter { it.copy(confirmedBy = said) }
            }
        }
        item { Small(words.recordNote) }
        if (screen.records.isNotEmpty()) item { Heading(words.recordHistory) }
        items(screen.records) { record ->
            Card {
                Small(listOfNotNull(record.who, record.`when`.text).joinToString(" · "))
                Said(record.said)
            }
        }
    }
}

/** A question that may stay open. */
@Composable
private fun YesNo(label: String, said: Boolean?, tag: String, words: Words, say: (Boolean?) -> Unit) = Together {
    Small(label)
    Among(listOf(null to words.notSaid, true to words.yes, false to words.no), said, tag, say)
}

/** The points of a record that somebody has said. */
@Composable
fun Said(rows: List<SaidRow>) = rows.forEach { Fact(it.what, it.value) }
