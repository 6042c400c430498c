package firebee.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Checkbox
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import firebee.Chip
import firebee.Tone

/** A state, said three times: word, sign, colour. */
@Composable
fun State(chip: Chip) = Row(
    Modifier.background(chip.tone.tint(), corner).padding(horizontal = Space.step * 2, vertical = Space.step / 2),
    Arrangement.spacedBy(Space.step),
    Alignment.CenterVertically,
) {
    Sign(chip.shape, chip.tone.ink())
    Text(chip.word, style = MaterialTheme.typography.labelMedium, color = chip.tone.ink())
}

/** Chips beside one another, as many as fit in a line. */
@Composable
fun States(vararg chips: Chip?) = FlowRow(
    horizontalArrangement = Arrangement.spacedBy(Space.step * 2),
    verticalArrangement = Arrangement.spacedBy(Space.step),
) { chips.filterNotNull().forEach { State(it) } }

/** The heading of a section. */
@Composable
fun Heading(text: String) = Text(
    text,
    Modifier.padding(top = Space.step * 3).semantics { heading() },
    style = MaterialTheme.typography.titleMedium,
)

@Composable
fun Plain(text: String) = Text(text, style = MaterialTheme.typography.bodyLarge)

/** What is read second. */
@Composable
fun Small(text: String, colour: Color = LocalPalette.current.soft) =
    Text(text, style = MaterialTheme.typography.bodySmall, color = colour)

/** What should be known, on the colour of its tone. */
@Composable
fun Note(text: String, tone: Tone = Tone.WAITING) = Text(
    text,
    Modifier.fillMaxWidth().background(tone.tint(), corner).padding(Space.step * 3),
    color = tone.ink(),
    style = MaterialTheme.typography.bodyMedium,
)

/** A name and its value, below one another. */
@Composable
fun Fact(name: String, value: String) = Column {
    Small(name)
    Plain(value)
}

/** What belongs together. With an act the whole of it is the target. */
@Composable
fun Card(tag: String? = null, open: (() -> Unit)? = null, content: @Composable ColumnScope.() -> Unit) {
    val palette = LocalPalette.current
    val named = if (tag == null) Modifier else Modifier.testTag(tag)
    val tapped = if (open == null) named else named.clickable(role = Role.Button, onClick = open)
    Surface(Modifier.fillMaxWidth(), corner, palette.card, palette.ink, border = BorderStroke(Space.step / 4, palette.line)) {
        Column(
            tapped.fillMaxWidth().heightIn(Space.target).padding(Space.step * 3),
            Arrangement.spacedBy(Space.step),
            content = content,
        )
    }
}

/** Lines that belong together, without a frame. */
@Composable
fun Together(content: @Composable ColumnScope.() -> Unit) =
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.step * 2), content = content)

/** The end of a list that goes on: it reads on once it is scrolled into sight, and a finger can ask for it as well. */
@Composable
fun Onward(shown: Int, more: () -> Unit) {
    LaunchedEffect(shown) { more() }
    Other(LocalWords.current.more, "more", act = more)
}

/** The one main action of a screen. */
@Composable
fun Main(label: String, tag: String, enabled: Boolean = true, act: () -> Unit) = Button(
    act,
    Modifier.fillMaxWidth().heightIn(Space.target + Space.step * 2).testTag(tag),
    enabled,
    corner,
) { Text(label, textAlign = TextAlign.Center) }

/** Every other action. */
@Composable
fun Other(label: String, tag: String, enabled: Boolean = true, act: () -> Unit) = OutlinedButton(
    act,
    Modifier.fillMaxWidth().heightIn(Space.target).testTag(tag),
    enabled,
    corner,
    colors = ButtonDefaults.outlinedButtonColors(contentColor = LocalPalette.current.ink),
    border = BorderStroke(Space.step / 4, LocalPalette.current.field),
) { Text(label, textAlign = TextAlign.Center) }

/** One of several that may all be chosen. */
@Composable
fun Ticked(chosen: Boolean, tag: String, pick: () -> Unit, content: @Composable ColumnScope.() -> Unit) = Row(
    Modifier.fillMaxWidth().heightIn(Space.target + Space.step * 2).testTag(tag)
        .toggleable(chosen, role = Role.Checkbox) { pick() },
    verticalAlignment = Alignment.CenterVertically,
) {
    Checkbox(chosen, null, Modifier.padding(end = Space.step * 3))
    Column(content = content)
}

/** One of several of which one is chosen. */
@Composable
fun Picked(chosen: Boolean, tag: String, pick: () -> Unit, content: @Composable ColumnScope.() -> Unit) = Row(
    Modifier.fillMaxWidth().heightIn(Space.target).testTag(tag).selectable(chosen, role = Role.RadioButton, onClick = pick),
    verticalAlignment = Alignment.CenterVertically,
) {
    RadioButton(chosen, null, Modifier.padding(end = Space.step * 3))
    Column(content = content)
}

/** Room between a field and what is done with it. */
@Composable
fun Gap() = Spacer(Modifier.height(Space.step))

@Composable
fun Line() = HorizontalDivider(color = LocalPalette.current.line)
