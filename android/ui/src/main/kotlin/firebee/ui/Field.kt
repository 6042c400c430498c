package firebee.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.AssistChip
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.PasswordVisualTransformation
import androidx.compose.ui.text.input.VisualTransformation
import firebee.FieldNote

/** What a field is filled with. */
enum class Kind(val keyboard: KeyboardType) {
    WORDS(KeyboardType.Text),
    WHOLE(KeyboardType.Number),
    NUMBER(KeyboardType.Decimal),
    ADDRESS(KeyboardType.Uri),
    PASSWORD(KeyboardType.Password),
}

/**
 * A field with its label. The letters stay where they are typed: another value is taken over only while nobody types.
 * A suggestion is one tap away.
 */
@Composable
fun Field(
    label: String,
    value: String,
    tag: String,
    kind: Kind = Kind.WORDS,
    suffix: String? = null,
    hint: String? = null,
    note: FieldNote? = null,
    suggestions: List<Pair<String, String>> = emptyList(),
    change: (String) -> Unit,
) {
    var typed by remember { mutableStateOf(value) }
    var typing by remember { mutableStateOf(false) }
    LaunchedEffect(value, typing) { if (!typing) typed = value }
    Column(verticalArrangement = Arrangement.spacedBy(Space.step)) {
        OutlinedTextField(
            value = typed,
            onValueChange = {
                typed = it
                change(it)
            },
            modifier = Modifier.fillMaxWidth().onFocusChanged { typing = it.isFocused }.testTag(tag),
            label = { Text(label) },
            suffix = suffix?.let { { Text(it) } },
            supportingText = if (hint == null && note == null) null else ({
                Column {
                    hint?.let { Small(it) }
                    note?.let { Small(it.text, it.tone.ink()) }
                }
            }),
            singleLine = kind != Kind.WORDS,
            keyboardOptions = KeyboardOptions(keyboardType = kind.keyboard),
            visualTransformation =
                if (kind == Kind.PASSWORD) PasswordVisualTransformation() else VisualTransformation.None,
            shape = corner,
        )
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.step * 2)) {
            suggestions.forEachIndexed { at, (name, suggestion) ->
                if (suggestion != typed) {
                    Near("$name $suggestion", "$tag-suggestion-$at") {
                        typed = suggestion
                        change(suggestion)
                    }
                }
            }
        }
    }
}

/** A value that is one tap away. */
@Composable
private fun Near(label: String, tag: String, take: () -> Unit) = AssistChip(
    take,
    { Text(label, style = MaterialTheme.typography.bodyMedium) },
    Modifier.heightIn(Space.target).testTag(tag),
    shape = corner,
    border = BorderStroke(Space.step / 4, LocalPalette.current.field),
)
