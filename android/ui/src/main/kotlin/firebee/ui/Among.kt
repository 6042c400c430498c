package firebee.ui

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import firebee.Allowance
import firebee.ChipShape
import firebee.PictureRules

/** One of a few, beside one another. */
@Composable
fun <T> Among(choices: List<Pair<T, String>>, chosen: T, tag: String, choose: (T) -> Unit) = Several {
    choices.forEach { (choice, word) -> One(word, choice == chosen, "$tag=$choice") { choose(choice) } }
}

/** A few choices beside one another, as many in a line as fit. */
@Composable
fun Several(choices: @Composable () -> Unit) =
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.step * 2), verticalArrangement = Arrangement.spacedBy(Space.step * 2)) { choices() }

/** Many choices in a line that is pushed aside. */
@Composable
fun Along(choices: @Composable () -> Unit) =
    Row(Modifier.horizontalScroll(rememberScrollState()), Arrangement.spacedBy(Space.step * 2)) { choices() }

/** A choice. */
@Composable
fun One(word: String, chosen: Boolean, tag: String, choose: () -> Unit) {
    // Chosen is told by a sign as well, not by the ground alone.
    val ticked: @Composable (() -> Unit)? = if (chosen) ({ Sign(ChipShape.CHECK, LocalPalette.current.ink) }) else null
    FilterChip(chosen, choose, { Text(word) }, Modifier.heightIn(Space.target).testTag(tag), leadingIcon = ticked, shape = corner)
}

/** Over which networks pictures travel. */
@Composable
fun Allowances(rules: PictureRules, allow: (Allowance) -> Unit) = Together {
    rules.allowances.forEach { choice ->
        Picked(choice.allowance == rules.allowance, "allow=${choice.allowance}", { allow(choice.allowance) }) { Plain(choice.word) }
    }
}
