package firebee.ui

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import firebee.AnswerRow
import firebee.FaultRow
import firebee.PersonRow
import firebee.PhotoView
import firebee.ReviewScreen
import firebee.TimeRow
import firebee.Words
import firebee.logic.ReviewModel
import firebee.logic.Route
import firebee.logic.Shell

/** The page of a task as its lead reads it; the decision stands at the bottom. */
@Composable
fun ReviewPane(shell: Shell, model: ReviewModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    val opinion = model.opinion.said("opinion")
    LaunchedEffect(model) { model.follow() }
    val screen = view
    Frame(shell, screen?.task?.name ?: words.review, model.calls, main = {
        screen?.takeIf { it.seen != null }?.let {
            Deed(it.approve, words.approve, "approve", busy, main = true) { model.approve(opinion) }
            Deed(it.reject, words.reject, "reject", busy, ready = opinion.isNotBlank(), refused = false) { model.reject(opinion) }
        }
    }) {
        if (screen == null) return@Frame
        item { States(screen.task.state, screen.task.coverage, screen.task.due?.inTime) }
        item { Fact(words.evidence, screen.evidence.text) }
        if (screen.flags.isNotEmpty()) item { Heading(words.flags) }
        items(screen.flags) { Note(it) }
        if (screen.faults.isNotEmpty()) item { Heading(words.faults) }
        items(screen.faults, { "fault ${it.fault}" }) { row ->
            Fault(row, screen.teamLeads, model, busy, words, { shell.go(Route.FaultRecord(model.task, row.fault)) }) {
                shell.go(Route.Photo(model.task, it.photo))
            }
        }
        item { Heading(words.answers) }
        items(screen.answers) { row -> Answer(row, words) { shell.go(Route.Photo(model.task, it.photo)) } }
        screen.task.selfie?.let { photo -> item { PhotoRow(photo) { shell.go(Route.Photo(model.task, photo.photo)) } } }
        times(screen, words)
        if (screen.seen != null) {
            item { TypedField(words.opinion, model.opinion, "opinion", "opinion") }
            item { Together { AttachedRows(model.attached, model.calls) } }
        }
    }
}

@Composable
private fun Answer(row: AnswerRow, words: Words, photo: (PhotoView) -> Unit) = Card("answer") {
    Plain("${row.itemName} ${row.place}".trim())
    State(row.verdict)
    Plain(row.measuredRecord)
    row.each.forEach { Small(it) }
    row.proposed?.let { Small("${words.proposed} · ${it.word}", it.tone.ink()) }
    row.reason?.let { Small("${words.reason} $it") }
    row.moved?.let { Small(it) }
    Small("${words.criterion} ${row.criterion}")
    Small(row.`when`.text)
    row.photos.forEach { seen -> PhotoRow(seen) { photo(seen) } }
}

@Composable
private fun Fault(
    row: FaultRow,
    leads: List<PersonRow>,
    model: ReviewModel,
    busy: Boolean,
    words: Words,
    record: () -> Unit,
    photo: (PhotoView) -> Unit,
) = Card("fault-row") {
    val typed = model.handling(row.fault)
    val chosenWay = typed.said("way")
    val chosenLead = typed.said("lead")
    val way = row.ways.firstOrNull { it.way.name == chosenWay }
    val lead = leads.map { it.account }.firstOrNull { "$it" == chosenLead }
    val explanation = typed.said("explanation")
    val plan = typed.said("plan")
    Plain("${row.itemName} ${row.place}".trim())
    State(row.state)
    Plain(row.text)
    row.explanation?.let { Small("${words.explanation} $it") }
    row.photos.forEach { seen -> PhotoRow(seen) { photo(seen) } }
    Said(row.said)
    if (row.record.allowed) Other(words.recordFault, "record-fault", act = record)
    row.dispatches.forEach { DispatchCard(it) }
    row.ways.forEach { choice -> Picked(choice == way, "way=${choice.way}", { typed.put("way", choice.way.name) }) { Plain(choice.word) } }
    way?.let { chosen ->
        chosen.finalText?.let { Note(it) }
        if (chosen.asks.teamLead) {
            Small(words.teamLead)
            leads.forEach { person -> Picked(person.account == lead, "team-lead=${person.name}", { typed.put("lead", "${person.account}") }) { Plain(person.name) } }
        }
        if (chosen.asks.plan) TypedField(words.repairPlan, typed, "plan", "repair-plan")
        if (chosen.asks.explanation) TypedField(words.explanation, typed, "explanation", "explanation")
        AttachedRows(remember(row.fault) { model.attached(row.fault) }, model.calls)
        Other(words.handle, "handle", !busy) {
            model.handle(row.fault, chosen.way, explanation, lead.takeIf { chosen.asks.teamLead }, plan)
        }
    }
}

private fun LazyListScope.times(screen: ReviewScreen, words: Words) {
    item { Heading(words.times) }
    items(screen.times) { Moment(it) }
    if (screen.log.isNotEmpty()) item { Heading(words.log) }
    items(screen.log) { row ->
        Card {
            State(row.decision)
            Plain(row.opinion)
            Small(listOfNotNull(row.reviewer, row.`when`.text).joinToString(" · "))
        }
    }
}

/** When something happened, as people say it; a tap shows it exactly, and how sure it is. */
@Composable
private fun Moment(row: TimeRow) {
    var exact by remember { mutableStateOf(false) }
    Column(
        Modifier.fillMaxWidth().heightIn(Space.target).clickable(role = Role.Button) { exact = !exact }.testTag("moment"),
    ) {
        Fact(row.what, if (exact) row.`when`.exact else row.`when`.text)
        if (exact) row.`when`.sure?.let { Small(it) }
    }
}
