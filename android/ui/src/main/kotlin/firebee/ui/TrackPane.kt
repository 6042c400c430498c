package firebee.ui

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.TrackModel

@Composable
fun TrackPane(shell: Shell, model: TrackModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val seen = view
    val track = seen?.track
    Frame(shell, words.track, model.calls) {
        if (seen != null && track == null) item { Plain(words.trackNone) }
        if (track == null) return@Frame
        item { Card("task", { shell.go(Route.Task(track.task)) }) { Plain(track.taskName) } }
        item { States(track.replayed, track.sums?.verdict) }
        track.since?.let { item { Fact(words.trackSince, it.text) } }
        track.lastFix?.let { item { Fact(words.trackLast, it.text) } }
        track.sums?.let { sums ->
            item { Fact(words.inside, sums.inside) }
            item { Fact(words.outside, sums.outside) }
            item { Fact(words.notRecorded, sums.notRecorded) }
            sums.jumps?.let { item { Note(it) } }
            sums.note?.let { item { Small(it) } }
        }
        if (track.holes.isNotEmpty()) item { Heading(words.holes) }
        items(track.holes) { hole ->
            Card {
                Plain("${hole.causeWord} · ${hole.length}")
                Small("${hole.from.text} – ${hole.to.text}")
                Note(hole.advice)
            }
        }
        item { Other(words.trackStop, "track-stop", !busy) { model.stop() } }
    }
}
