package firebee.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.IssuedGroup
import firebee.IssuedRow
import firebee.TaskRow
import firebee.Today
import firebee.Waiting
import firebee.Whose
import firebee.Words
import firebee.logic.Picked
import firebee.logic.Route
import firebee.logic.SearchModel
import firebee.logic.Shell
import firebee.logic.TodayModel
import firebee.logic.more

@Composable
fun TodayPane(shell: Shell, model: TodayModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val picked by model.picked.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val today = view
    val offered = today?.issued.orEmpty().any { it.start.allowed }
    val main: @Composable () -> Unit = {
        val count = picked?.items?.size
        Main(if (count == null) words.pickItems else "${words.start} ($count)", "start", count != null && !busy) { model.start() }
    }
    Frame(shell, words.today, model.calls, main = if (offered) ({ main() }) else null) {
        if (today == null) return@Frame
        waiting(shell, today, words.waiting)
        if (today.tasks.isNotEmpty()) item { Heading(words.mine) }
        items(today.tasks, { "${it.task}" }) { row -> TaskCard(row) { shell.go(Route.Task(row.task)) } }
        if (today.tasks.size < today.tasksTotal) {
            item { Other("${words.more} · ${today.tasks.size}/${today.tasksTotal}", "to-search") { shell.go(Route.Search) } }
        }
        if (today.tasks.isNotEmpty()) item { Other(words.track, "to-track") { shell.go(Route.Track) } }
        if (today.handed.isNotEmpty()) item { Heading(words.handed) }
        items(today.handed, { "handed ${it.task}" }) { row ->
            Card("handed") {
                Plain(row.name)
                Small(row.text)
                Small(row.`when`.text)
            }
        }
        if (today.dispatches.isNotEmpty()) item { Heading(words.dispatches) }
        items(today.dispatches, { "${it.dispatch}" }) { row -> DispatchCard(row) { shell.go(Route.Dispatch(row.dispatch)) } }
        today.issued.forEach { group(shell, it, picked, model, words) }
        if (today.tasks.isEmpty() && today.issued.isEmpty()) item { Small(words.nothingToday) }
    }
}

/** What waits for a lead; each leads to where it is done. */
private fun LazyListScope.waiting(shell: Shell, today: Today, title: String) {
    val waits: List<Pair<Waiting?, Route>> = listOf(
        today.review to Route.Search,
        today.faults to Route.Search,
        today.undecided to Route.Undecided,
    )
    val open = waits.mapNotNull { (waiting, route) -> waiting?.takeIf { it.count > 0 }?.let { it to route } }
    if (open.isNotEmpty()) item { Heading(title) }
    items(open) { (waiting, route) ->
        Card("waiting", { toReview(shell, route) }) { Plain(waiting.text) }
    }
}

/** The list of tasks opens at those that wait for a review. */
private fun toReview(shell: Shell, route: Route) {
    if (route == Route.Search) shell.model(Route.Search) { SearchModel(shell) }.whose(Whose.TO_REVIEW)
    shell.go(route)
}

private fun LazyListScope.group(shell: Shell, group: IssuedGroup, picked: Picked?, model: TodayModel, words: Words) {
    item(key = "plan ${group.plan}") {
        Together {
            Heading(group.projectName)
            Plain(group.planName)
            Small(group.left.text, group.left.tone.ink())
            Share(group.done)
            group.start.whyNot?.let { Small(it) }
            if (group.start.allowed) Other(words.allItems, "all-items") { model.pickAll(group) }
        }
    }
    items(group.items, { "${it.item}" }) { row ->
        val task = row.task
        if (task == null && group.start.allowed) {
            Ticked(row.item in picked?.items.orEmpty(), "pick", { model.pick(group, row.item) }) { IssuedText(row) }
        } else {
            Card(open = task?.let { { shell.go(Route.Task(it)) } }) {
                IssuedText(row)
                State(row.state)
            }
        }
    }
    if (group.more) {
        item(key = "more ${group.plan}") {
            // A plan is read on once somebody has asked for it: the plans below it stay within reach.
            if (model.readsOn(group.plan)) {
                Onward(group.items.size) { model.more(group.plan) }
            } else {
                Other("${words.more} · ${group.items.size}/${group.done.total}", "more") { model.more(group.plan) }
            }
        }
    }
}

@Composable
fun IssuedText(row: IssuedRow) {
    Plain(row.name)
    Small(listOfNotNull(row.facility, row.position, row.planned).joinToString(" · "))
}

/** A task on a list. */
@Composable
fun TaskCard(row: TaskRow, open: () -> Unit) = Card("task", open) {
    Plain(row.name)
    States(row.state, row.kind, row.inTime)
    row.opinion?.let { Note(it) }
    Small(row.projectName)
    Small("${row.answered.text} · ${row.photos.text}")
    row.left?.let { Small(it.text, it.tone.ink()) }
    Small(row.next)
}
