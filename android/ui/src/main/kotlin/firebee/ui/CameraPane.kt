package firebee.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.testTag
import firebee.Tone
import firebee.logic.CameraModel
import firebee.logic.PhotoModel
import firebee.logic.Shell

/** The whole screen is the picture; what it is for stands above, place and time over it, the shutter below. */
@Composable
fun CameraPane(shell: Shell, model: CameraModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val shot by model.shot.collectAsState()
    val mute by model.mute.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val screen = view
    val taken = shot
    // A lens is looked through in the dark, also under the sun.
    Look(dark = true, words, LocalLetters.current) {
        Column(Modifier.fillMaxSize().background(night.paper)) {
            Text(
                screen?.purposeText.orEmpty(),
                Modifier.padding(Space.step * 4).testTag("purpose"),
                color = night.ink,
                style = MaterialTheme.typography.titleMedium,
            )
            Refusal(model.calls)
            if (mute) Box(Modifier.padding(Space.step * 4)) { Note(words.cameraBusy, Tone.NONCONFORM) }
            Box(Modifier.weight(1f).fillMaxWidth()) {
                if (taken == null) {
                    LocalViewfinder.current(Modifier.fillMaxSize(), model.front)
                } else {
                    Picture(taken.preview ?: taken.path, screen?.purposeText, Modifier.fillMaxSize(), ContentScale.Fit)
                }
                Column(Modifier.align(Alignment.BottomStart).padding(Space.step * 4)) {
                    screen?.overlay.orEmpty().forEach {
                        Text(it, Modifier.background(night.paper, corner).padding(horizontal = Space.step * 2), color = night.ink, style = MaterialTheme.typography.bodySmall)
                    }
                }
            }
            Column(Modifier.fillMaxWidth().padding(Space.step * 4), Arrangement.spacedBy(Space.step * 2)) {
                if (taken == null) {
                    screen?.let { Deed(it.take, words.shoot, "shoot", busy, main = true) { model.shoot() } }
                    Other(words.back, "back") { shell.back() }
                } else {
                    val next = screen?.next
                    Main(words.usePhoto, "use-photo", !busy) { model.keep() }
                    if (next != null) Other("${words.nextPhoto} · ${next.text}", "next-photo", !busy) { model.keepAndGo(next) }
                    Other(words.retake, "retake", !busy) { model.retake() }
                }
            }
        }
    }
}

/** One photo, as large as the screen. */
@Composable
fun PhotoPane(shell: Shell, model: PhotoModel) {
    val words = LocalWords.current
    val path by model.view.collectAsState()
    LaunchedEffect(model) { model.refresh() }
    Look(dark = true, words, LocalLetters.current) {
        Column(Modifier.fillMaxSize().background(night.paper)) {
            Refusal(model.calls)
            Picture(path, words.photos, Modifier.weight(1f).fillMaxWidth(), ContentScale.Fit)
            Row(Modifier.padding(Space.step * 4)) { Other(words.back, "back") { shell.back() } }
        }
    }
}
