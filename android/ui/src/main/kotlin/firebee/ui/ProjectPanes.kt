package firebee.ui

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.logic.ProjectsModel
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.SupplementaryModel

@Composable
fun ProjectsPane(shell: Shell, model: ProjectsModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val text by model.text.collectAsState()
    LaunchedEffect(model) { model.follow() }
    Frame(shell, words.projects, model.calls) {
        item { Field(words.search, text, "search", change = model::search) }
        val rows = view ?: return@Frame
        if (rows.rows.isEmpty()) item { Plain(words.nothing) }
        items(rows.rows, { "${it.project}" }) { row ->
            Card("project", { shell.go(Route.Project(row.project)) }) {
                Plain(row.name)
                States(row.state)
                Small(row.address)
                Small("${words.lead} ${row.lead}")
                Small(row.open)
            }
        }
        if (rows.more) item { Onward(rows.rows.size) { model.more() } }
    }
}

@Composable
fun SupplementaryPane(shell: Shell, model: SupplementaryModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val text by model.text.collectAsState()
    val picked by model.picked.collectAsState(emptySet())
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val screen = view
    Frame(shell, words.supplementary, model.calls, main = {
        screen?.let {
            val label = if (picked.isEmpty()) words.pickItems else "${words.start} (${picked.size})"
            Deed(it.offer.supplementary, label, "start", busy, main = true, ready = picked.isNotEmpty()) { model.start() }
        }
    }) {
        item { Field(words.search, text, "search", change = model::search) }
        if (screen == null) return@Frame
        item { Small(screen.offer.meaning) }
        screen.nothing?.let { item { Plain(it) } }
        screen.systems.forEach { system ->
            item { Heading(system.name) }
            system.facilities.forEach { facility ->
                item { Small(facility.name) }
                items(facility.items, { it.itemId }) { offered ->
                    Ticked(offered.itemId in picked, "pick", { model.pick(offered.itemId) }) { Plain(offered.name) }
                }
            }
        }
    }
}
