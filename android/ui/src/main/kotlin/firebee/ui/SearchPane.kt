package firebee.ui

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.Whose
import firebee.logic.Route
import firebee.logic.SearchModel
import firebee.logic.Shell

@Composable
fun SearchPane(shell: Shell, model: SearchModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val sought by model.sought.collectAsState()
    LaunchedEffect(model) { model.follow() }
    Frame(shell, words.search, model.calls) {
        item { Other(words.dispatches, "to-dispatches") { shell.go(Route.Dispatches) } }
        item { Field(words.searchWords, sought.text, "search", change = model::text) }
        item {
            val whose = listOf(Whose.MINE to words.searchMine, Whose.TO_REVIEW to words.searchReview, Whose.ALL to words.searchAll)
            Among(whose, sought.whose, "whose", model::whose)
        }
        val found = view ?: return@Frame
        if (found.states.isNotEmpty()) {
            item { Several { found.states.forEach { One(it.word, it.chosen, "state=${it.word}") { model.state(it) } } } }
        }
        item { Along { found.months.forEach { One(it.word, it.chosen, "month=${it.word}") { model.month(it) } } } }
        val rows = found.tasks
        if (rows.rows.isEmpty()) item { Plain(words.nothing) }
        items(rows.rows, { "${it.task}" }) { row -> TaskCard(row) { model.open(row) } }
        if (rows.more) item { Onward(rows.rows.size) { model.more() } }
    }
}
