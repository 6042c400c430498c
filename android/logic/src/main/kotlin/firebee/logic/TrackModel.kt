package firebee.logic

import firebee.TrackScreen

/** What is seen of the track: nothing is one of the things. */
data class TrackView(val track: TrackScreen?)

class TrackModel(shell: Shell) : Reader<TrackView>(shell) {
    override suspend fun read(): TrackView = TrackView(shell.client.screens().track())

    fun stop(): Unit = calls.act { shell.tracker.end() }
}
