package firebee.ui

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.Draft
import firebee.FormView
import firebee.ItemScreen
import firebee.Words
import firebee.logic.ItemModel
import firebee.logic.Route
import firebee.logic.Shell

@Composable
fun ItemPane(shell: Shell, model: ItemModel, route: Route.Item) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val form by model.form.collectAsState()
    val draft by model.draft.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val sought by model.sought.collectAsState()
    val screen = view
    val asked = form
    val typed = draft
    Frame(shell, screen?.name.orEmpty(), model.calls, main = {
        if (asked != null) {
            asked.verdicts.firstOrNull { it.chosen }?.let { State(it.chip) }
            Deed(asked.save, words.save, "save", busy, main = true) { model.save() }
        }
    }) {
        if (screen == null || asked == null || typed == null) return@Frame
        about(screen, words)
        instances(screen, sought, model, words)
        item { Field(words.position, typed.position.orEmpty(), "position", change = model::position) }
        questions(asked, typed, model, words)
        previous(screen, words)
        verdicts(asked, typed, model, words)
        photos(shell, screen, asked, model, route, words)
        screen.rest?.let { rest ->
            if (rest.measured.isNotEmpty()) item { Other(rest.text, "rest-each") { model.each() } }
            if (rest.measured.isEmpty() || rest.conform.allowed) {
                item { Deed(rest.conform, rest.text, "rest-conform", busy) { model.restConform() } }
            }
        }
        if (screen.moveAway.allowed) {
            item { Other(words.wrongPlace, "wrong-place") { shell.go(Route.Moving(route.task, route.at)) } }
        }
    }
}

private fun LazyListScope.about(screen: ItemScreen, words: Words) {
    item {
        Together {
            Small(screen.facility)
            screen.outsidePlan?.let { Note(it) }
            Fact(words.criterion, screen.criterion)
            screen.basis?.let { Small("${words.basis} $it") }
            screen.every?.let { Small(it) }
        }
    }
    items(screen.openFaults) { fault ->
        Card {
            Small(words.openFaults)
            State(fault.state)
            Plain(fault.text)
            Small(fault.taskName)
        }
    }
    items(screen.moves) { Small(it) }
}

/** What was found last time stands beside what is found now. */
private fun LazyListScope.previous(screen: ItemScreen, words: Words) {
    screen.previous?.let { before ->
        item {
            Card {
                Small("${words.previous} · ${before.`when`.text}")
                State(before.verdict)
                Plain(before.record)
            }
        }
    }
}

private fun LazyListScope.questions(form: FormView, draft: Draft, model: ItemModel, words: Words) {
    form.takenOver?.let { item { Note(it) } }
    form.variant?.let { variant ->
        item {
            Small(words.variant)
            variant.options.forEach { option ->
                Picked(option.value == variant.chosen, "variant=${option.value}", { model.variant(option.value) }) { Plain(option.label) }
            }
        }
    }
    items(form.questions, { "question ${it.key}" }) { question ->
        val value = draft.values.firstOrNull { it.key == question.key }?.value.orEmpty()
        Answer(question, value, words) { model.value(question.key, it) }
    }
    items(form.notes) { Small(it.text, it.tone.ink()) }
}

private fun LazyListScope.verdicts(form: FormView, draft: Draft, model: ItemModel, words: Words) {
    item { Heading(words.verdict) }
    form.proposed?.let { item { Small("${words.proposed} · ${it.chip.word}", it.chip.tone.ink()) } }
    items(form.verdicts, { "verdict ${it.verdict}" }) { choice ->
        Column {
            Picked(choice.chosen, "verdict=${choice.verdict}", { model.verdict(choice.verdict) }) { State(choice.chip) }
            if (choice.chosen) Asked(choice, draft, model, words)
        }
    }
    form.sentence?.let { item { Fact(words.record, it) } }
}

private fun LazyListScope.photos(
    shell: Shell,
    screen: ItemScreen,
    form: FormView,
    model: ItemModel,
    route: Route.Item,
    words: Words,
) {
    if (screen.instruments.isNotEmpty()) {
        item { Heading(words.measuredWith) }
        items(screen.instruments, { "instrument ${it.number}" }) { row ->
            Ticked(row.chosen, "instrument=${row.number}", { model.instrument(row.number) }) {
                Plain("${row.kind} ${row.number}")
                State(row.valid)
            }
        }
    }
    item { Heading(words.photos) }
    form.photo?.let { item { Note(it) } }
    items(screen.photos, { "photo ${it.photo}" }) { photo ->
        Column {
            PhotoRow(photo) { shell.go(Route.Photo(route.task, photo.photo)) }
            if (!photo.withdrawn) Other(words.withdraw, "withdraw") { model.withdraw(photo.photo) }
        }
    }
    item { Other(words.takePhoto, "photo") { model.photo() } }
}
