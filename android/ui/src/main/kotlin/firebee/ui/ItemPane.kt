package firebee.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import firebee.AnswerInput
import firebee.Draft
import firebee.FormView
import firebee.Instance
import firebee.ItemScreen
import firebee.Question
import firebee.VerdictChoice
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
        instances(screen, model, words)
        item { Field(words.position, typed.position.orEmpty(), "position", change = model::position) }
        questions(asked, typed, model, words)
        verdicts(asked, typed, model, words)
        photos(shell, screen, asked, model, route, words)
        screen.rest?.let { rest -> item { Deed(rest.conform, rest.text, "rest-conform", busy) { model.restConform() } } }
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
    screen.previous?.let { before ->
        item {
            Card {
                Small("${words.previous} · ${before.`when`.text}")
                State(before.verdict)
                Plain(before.record)
            }
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

private fun LazyListScope.instances(screen: ItemScreen, model: ItemModel, words: Words) {
    if (screen.instances.size < 2) return
    item { Heading(words.instances) }
    items(screen.instances, { "instance ${it.ordinal}" }) { row ->
        Picked(row.ordinal == screen.ordinal, "instance-${row.ordinal}", { model.open(Instance(screen.item, row.ordinal)) }) {
            Plain(listOfNotNull("${row.ordinal}", row.position).joinToString(" · "))
            row.verdict?.let { State(it) }
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

@Composable
private fun Answer(question: Question, value: String, words: Words, answer: (String) -> Unit) {
    val limit = question.limit?.let { "${words.limit} $it" }
    val required = words.required.takeIf { question.required }
    val hint = listOfNotNull(limit, required).joinToString(" · ").ifEmpty { null }
    val near = listOfNotNull(
        question.fromDesign?.let { words.fromDesign to it },
        question.lastUsed?.let { words.lastUsed to it },
    )
    when (val input = question.input) {
        is AnswerInput.Number -> {
            val kind = if (input.input.decimals > 0 || input.input.negative) Kind.NUMBER else Kind.WHOLE
            Field(question.label, value, question.key, kind, input.input.unit, hint, question.note, near, answer)
        }
        is AnswerInput.Pick -> Choices(question, hint, input.input.options.map { it.value to it.label }, value, answer)
        is AnswerInput.YesNo -> Choices(question, hint, listOf("true" to input.input.yes, "false" to input.input.no), value, answer)
        AnswerInput.Words -> Field(question.label, value, question.key, hint = hint, note = question.note, suggestions = near, change = answer)
    }
}

@Composable
private fun Choices(question: Question, hint: String?, options: List<Pair<String, String>>, value: String, answer: (String) -> Unit) = Column {
    Plain(question.label)
    hint?.let { Small(it) }
    options.forEach { (option, label) ->
        Picked(option == value, "${question.key}=$option", { answer(option) }) { Plain(label) }
    }
    question.note?.let { Small(it.text, it.tone.ink()) }
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

/** What the chosen verdict asks for. */
@Composable
private fun Asked(choice: VerdictChoice, draft: Draft, model: ItemModel, words: Words) = Column(
    verticalArrangement = Arrangement.spacedBy(Space.step * 2),
) {
    choice.asksReason?.let { label ->
        choice.reasons.forEach { reason ->
            Picked(reason.value == draft.reasonCode, "reason=${reason.value}", { model.reasonCode(reason.value) }) { Plain(reason.label) }
        }
        Field(label, draft.reason.orEmpty(), "reason", change = model::reason)
    }
    choice.asksFault?.let { label ->
        Options(words.part, choice.parts.map { it.value to it.label }, draft.fault?.part, "part", model::part)
        Options(words.defect, choice.defects.map { it.value to it.label }, draft.fault?.defect, "defect", model::defect)
        Field(label, draft.fault?.text.orEmpty(), "fault", change = model::fault)
    }
}

/** A long list, folded until somebody opens it. */
@Composable
private fun Options(title: String, options: List<Pair<String, String>>, chosen: String?, tag: String, choose: (String) -> Unit) {
    if (options.isEmpty()) return
    var open by remember { mutableStateOf(false) }
    val said = options.firstOrNull { it.first == chosen }?.second
    Other(listOfNotNull(title, said ?: LocalWords.current.choose).joinToString(" · "), "$tag-open") { open = !open }
    if (open) {
        options.forEach { (value, label) ->
            Picked(value == chosen, "$tag=$value", {
                open = false
                choose(value)
            }) { Plain(label) }
        }
    }
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
