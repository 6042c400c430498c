package firebee.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import firebee.Count
import firebee.FacilityRow
import firebee.SystemRow
import firebee.logic.ProjectModel
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.more

/** A project: its systems and facilities with their progress, its map, and what may be started outside the plan. */
@Composable
fun ProjectPane(shell: Shell, model: ProjectModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val open by model.open.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val project = view
    Frame(shell, project?.name.orEmpty(), model.calls) {
        if (project == null) return@Frame
        item {
            Together {
                States(project.state)
                Plain(project.address)
            }
        }
        item { Fact(words.owner, project.owner) }
        item { Fact(words.lead, project.lead) }
        item { Fact(words.period, project.period) }
        if (project.systems.isNotEmpty()) item { Heading(words.systems) }
        project.systems.forEach { system -> system(shell, system, system.code in open, model) }
        project.map?.let { map ->
            item { Heading(words.map) }
            item { FenceMap(map, words.map) }
            item { Small(map.radiusText) }
            items(map.further) { Small("${it.name} · ${it.radiusText}") }
        }
        item {
            Together {
                Heading(words.supplementary)
                Small(project.outsidePlan.meaning)
                val told = project.outsidePlan.supplementary.whyNot != project.outsidePlan.mismatch.whyNot
                Deed(project.outsidePlan.supplementary, words.supplementary, "supplementary", busy, refused = told) {
                    shell.go(Route.Supplementary(project.project))
                }
                Deed(project.outsidePlan.mismatch, words.mismatch, "mismatch", busy) { model.startMismatch() }
            }
        }
    }
}

/** A system; unfolded, its facilities and their items stand below it. */
private fun LazyListScope.system(shell: Shell, system: SystemRow, open: Boolean, model: ProjectModel) {
    item(key = system.code) { Card("system", { model.fold(system.code) }) { Progress(system.name, system.done) } }
    if (open) system.facilities.forEach { facility(shell, system, it, model) }
}

private fun LazyListScope.facility(shell: Shell, system: SystemRow, facility: FacilityRow, model: ProjectModel) {
    val key = "${system.code} ${facility.code}"
    item(key = key) { Progress(facility.name, facility.done) }
    items(facility.items, { "$key ${it.item}" }) { row ->
        Card("issued", row.task?.let { { shell.go(Route.Task(it)) } }) {
            IssuedText(row)
            State(row.state)
        }
    }
    if (facility.more) item(key = "$key more") { Onward(facility.items.size) { model.more(facility.code) } }
}

/** What is counted, with its ring. */
@Composable
private fun Progress(name: String, count: Count) = Row(
    horizontalArrangement = Arrangement.spacedBy(Space.step * 3),
    verticalAlignment = Alignment.CenterVertically,
) {
    Ring(count)
    Column(Modifier.weight(1f)) {
        Plain(name)
        Small(count.text)
    }
}
