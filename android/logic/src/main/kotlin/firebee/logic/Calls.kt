package firebee.logic

import firebee.ClientException
import java.util.concurrent.atomic.AtomicBoolean
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

/**
 * The one place where a call of a screen may fail: the refusal becomes part of what the screen shows. Calls run in the
 * scope of the app, so that a screen that is left does not end what it recorded.
 */
class Calls(private val scope: CoroutineScope) {
    private val refused = MutableStateFlow<Told?>(null)
    private val acting = AtomicBoolean()
    private val busyNow = MutableStateFlow(false)

    val told: StateFlow<Told?> = refused.asStateFlow()

    /** Whether an act is under way: its button waits. */
    val busy: StateFlow<Boolean> = busyNow.asStateFlow()

    /** Runs a call that records nothing. */
    fun run(call: suspend () -> Unit): Job = scope.launch { caught(call) }

    /** Runs a call that records. A second tap before its end does nothing. */
    fun act(call: suspend () -> Unit) {
        if (!acting.compareAndSet(false, true)) return
        busyNow.value = true
        scope.launch {
            try {
                refused.value = null
                caught(call)
            } finally {
                busyNow.value = false
                acting.set(false)
            }
        }
    }

    /** Takes the refusal off the screen. */
    fun seen() {
        refused.value = null
    }

    suspend fun caught(call: suspend () -> Unit) {
        try {
            call()
        } catch (refusal: ClientException) {
            refused.value = refusal.told()
        }
    }
}
