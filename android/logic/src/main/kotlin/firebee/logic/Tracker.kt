package firebee.logic

import firebee.Cause
import firebee.Client
import firebee.ClientException
import firebee.Fix
import firebee.StartTrack
import firebee.TaskId
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch

/** The location of the phone, as the service of the app hears it. */
interface Locator {
    /** Begins to listen; the phone shows that it does. */
    fun begin(hear: (Heard) -> Unit)

    fun end()
}

/** What the phone says of its location. */
sealed interface Heard {
    data class Fixes(val fixes: List<Fix>) : Heard

    /** No fixes come, for this reason. */
    data class Silent(val cause: Cause) : Heard
}

/**
 * Records the track of the running task. The core keeps fixes in the order of their coming, so one coroutine hands them
 * over; what the phone says in between waits.
 */
class Tracker(private val client: Client, private val locator: Locator, private val scope: CoroutineScope) {
    private val heard = Channel<Heard>(Channel.UNLIMITED)

    init {
        scope.launch { for (one in heard) hand(one) }
    }

    /** Starts the track of a task, and listens. */
    suspend fun begin(task: TaskId) {
        client.tracks().start(StartTrack(task))
        listen()
    }

    /** Listens again for a track that ran before the app or the phone ended. */
    suspend fun resume() {
        if (client.screens().track() != null) listen()
    }

    suspend fun end() {
        locator.end()
        client.tracks().stop()
    }

    /** After a task has ended: one walk serves all tasks of a day, and the core ends it with the last of them. */
    suspend fun settle() {
        if (client.screens().track() == null) locator.end()
    }

    private fun listen() = locator.begin { heard.trySend(it) }

    /** A refused fix is lost, and the track shows a hole: the next ones are handed over all the same. */
    private suspend fun hand(one: Heard) {
        try {
            when (one) {
                is Heard.Fixes -> client.tracks().append(one.fixes)
                is Heard.Silent -> client.tracks().notice(one.cause)
            }
        } catch (_: ClientException) {
            if (runCatching { client.screens().track() }.getOrNull() == null) locator.end()
        }
    }
}
