package firebee.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
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
        item { Field(words.searchWords, sought.text, "search", change = model::text) }
        item {
            FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.step * 2)) {
                listOf(Whose.MINE to words.searchMine, Whose.TO_REVIEW to words.searchReview, Whose.ALL to words.searchAll).forEach { (whose, word) ->
                    Choice(word, whose == sought.whose, "whose=$whose") { model.whose(whose) }
                }
            }
        }
        item { Other(words.dispatches, "to-dispatches") { shell.go(Route.Dispatches) } }
        val rows = view ?: return@Frame
        if (rows.rows.isEmpty()) item { Plain(words.nothing) }
        items(rows.rows, { "${it.task}" }) { row -> TaskCard(row) { model.open(row) } }
        if (rows.more) item { Other(words.more, "more") { model.more() } }
    }
}

/** One of a few, beside one another. */
@Composable
fun Choice(word: String, chosen: Boolean, tag: String, choose: () -> Unit) =
    FilterChip(chosen, choose, { Text(word) }, Modifier.heightIn(Space.target).testTag(tag), shape = corner)
