package firebee.ui

import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import firebee.logic.Attached
import firebee.logic.Calls
import java.io.File

/** The pictures and PDFs that go with an act: each can be taken away, and one more is taken by the camera or chosen. */
@Composable
fun AttachedRows(attached: Attached, calls: Calls) {
    val words = LocalWords.current
    val shots by remember(attached) { attached.shots }.collectAsState(emptyList())
    val busy by calls.busy.collectAsState()
    var looking by remember { mutableStateOf(false) }
    shots.forEach { shot ->
        Picture(shot.preview ?: shot.path, words.photos, Modifier.fillMaxWidth().aspectRatio(1.5f))
        Small(File(shot.path).name)
        Other(words.detach, "detach", !busy) { calls.act { attached.remove(shot) } }
    }
    if (looking) {
        LocalViewfinder.current(Modifier.fillMaxWidth().aspectRatio(1f), false)
        Other(words.shoot, "shoot", !busy) {
            calls.act { attached.shoot() }
            looking = false
        }
        Other(words.cancel, "not-shoot") { looking = false }
    } else {
        Other(words.takePhoto, "photo", !busy) { looking = true }
        Other(words.attach, "attach", !busy) { calls.act { attached.pick() } }
    }
}
