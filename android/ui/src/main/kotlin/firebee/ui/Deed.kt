package firebee.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import firebee.Act
import firebee.Tone

/**
 * An act that the core offers: closed with its reason, or open. What cannot be taken back is named before it is done.
 * `main` fills its button; a screen has one such.
 */
@Composable
fun Deed(
    act: Act,
    label: String,
    tag: String,
    busy: Boolean,
    main: Boolean = false,
    ready: Boolean = true,
    refused: Boolean = true,
    done: () -> Unit,
) {
    var asked by remember(act.consequence) { mutableStateOf(false) }
    val consequence = act.consequence
    Column(verticalArrangement = Arrangement.spacedBy(Space.step * 2)) {
        if (asked && consequence != null) {
            Note(consequence)
            Main(label, "$tag-sure", !busy && ready) {
                asked = false
                done()
            }
            Other(LocalWords.current.cancel, "$tag-cancel") { asked = false }
        } else {
            val open = act.allowed && ready && !busy
            fun tap() {
                if (consequence == null) done() else asked = true
            }
            if (main) Main(label, tag, open, ::tap) else Other(label, tag, open, ::tap)
            if (refused && !act.allowed) act.whyNot?.let { Small(it, Tone.WAITING.ink()) }
        }
    }
}
