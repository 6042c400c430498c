package firebee.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import firebee.AnswerInput
import firebee.Draft
import firebee.Question
import firebee.VerdictChoice
import firebee.Words
import firebee.logic.ItemModel

/** One question of a form, with its limit beside it. */
@Composable
internal fun Answer(question: Question, value: String, words: Words, answer: (String) -> Unit) {
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

/** What the chosen verdict asks for. */
@Composable
internal fun Asked(choice: VerdictChoice, draft: Draft, model: ItemModel, words: Words) = Column(
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
