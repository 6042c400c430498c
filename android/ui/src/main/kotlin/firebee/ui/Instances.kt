package firebee.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.Instance
import firebee.InstanceRow
import firebee.ItemScreen
import firebee.Words
import firebee.logic.EachModel
import firebee.logic.ItemModel
import firebee.logic.Shell

/** So many instances are shown around the one at hand; the others are found by number, position or tag. */
private const val NEAR = 2

/** The instances of an item: those around the one at hand, or those that what was typed finds. */
internal fun LazyListScope.instances(screen: ItemScreen, sought: String, model: ItemModel, words: Words) {
    if (screen.instances.size < 2) return
    val done = screen.instances.count { it.verdict != null }
    item { Heading("${words.instances} · $done/${screen.instances.size}") }
    if (screen.instances.size > 2 * NEAR + 1) item { Field(words.search, sought, "find-instance", change = model::find) }
    items(near(screen, sought), { "instance ${it.ordinal}" }) { row ->
        Picked(row.ordinal == screen.ordinal, "instance-${row.ordinal}", { model.open(Instance(screen.item, row.ordinal)) }) {
            Plain(row.said())
            row.verdict?.let { State(it) }
        }
    }
}

private fun near(screen: ItemScreen, sought: String): List<InstanceRow> {
    val all = screen.instances
    if (sought.isNotBlank()) return all.filter { sought.trim() in it.said() }.take(2 * NEAR + 1)
    val at = all.indexOfFirst { it.ordinal == screen.ordinal }.coerceAtLeast(0)
    val from = (at - NEAR).coerceIn(0, (all.size - 2 * NEAR - 1).coerceAtLeast(0))
    return all.drop(from).take(2 * NEAR + 1)
}

private fun InstanceRow.said() = listOfNotNull("$ordinal", position).joinToString(" · ")

/** What is measured at each instance without a result: one line each, recorded in one answer. */
@Composable
fun EachPane(shell: Shell, model: EachModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val values by model.values.collectAsState(emptyMap())
    val told by model.calls.told.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val screen = view
    Frame(shell, screen?.name.orEmpty(), model.calls, main = {
        Main("${words.save} (${values.size})", "save", values.isNotEmpty() && !busy) { model.save() }
    }) {
        val rest = screen?.rest ?: return@Frame
        val asked = screen.form.questions.filter { it.key in rest.measured }
        item { Plain(rest.text) }
        items(screen.instances.filter { it.verdict == null }, { "each ${it.ordinal}" }) { row ->
            Together {
                Heading(row.said())
                asked.forEach { question ->
                    val typed = values[row.ordinal].orEmpty().firstOrNull { it.key == question.key }?.value.orEmpty()
                    val note = told?.fields.orEmpty().firstOrNull { it.ordinal == row.ordinal && it.key == question.key }
                    Answer(question.copy(key = "${question.key}-${row.ordinal}", note = note), typed, words) {
                        model.value(row.ordinal, question.key, it)
                    }
                }
            }
        }
    }
}
