package firebee.logic

import firebee.Cause
import firebee.Client
import firebee.ClientException
import firebee.Fix
import firebee.StartTrack
import firebee.TaskId
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
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

    /** No fixes come, for this reason. The phone said so at this time since its boot. */
    data class Silent(val cause: Cause, val bootMs: Long) : Heard
}

/**
 * Records the track of the running task. The core keeps fixes in the order of their coming, so one coroutine hands them
 * over; what the phone says in between waits. `remind` tells whoever should know that the track broke off, or goes on.
 */
class Tracker(
    private val client: Client,
    private val locator: Locator,
    private val scope: CoroutineScope,
    private val remind: suspend () -> Unit,
) {
    private val heard = Channel<Heard>(Channel.UNLIMITED)
    private var silent = false
    private var watch: Job? = null

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
        deafen()
        client.tracks().stop()
        remind()
    }

    /** After a task has ended: one walk serves all tasks of a day, and the core ends it with the last of them. */
    suspend fun settle() {
        if (client.screens().track() == null) deafen()
        remind()
    }

    private fun listen() {
        locator.begin { heard.trySend(it) }
        watch?.cancel()
        // Satellites that say nothing do not say that either.
        watch = scope.launch {
            while (true) {
                delay(LOOK_MS)
                remind()
            }
        }
    }

    private fun deafen() {
        watch?.cancel()
        locator.end()
    }

    /** A refused fix is lost, and the track shows a hole: the next ones are handed over all the same. */
    private suspend fun hand(one: Heard) {
        try {
            when (one) {
                is Heard.Fixes -> client.tracks().append(one.fixes)
                is Heard.Silent -> client.tracks().notice(one.cause, one.bootMs)
            }
            if (silent || one is Heard.Silent) remind()
            silent = one is Heard.Silent
        } catch (_: ClientException) {
            if (runCatching { client.screens().track() }.getOrNull() == null) deafen()
        }
    }

    private companion object {
        /** How often a silence is looked for while a track runs. */
        const val LOOK_MS = 60_000L
    }
}
