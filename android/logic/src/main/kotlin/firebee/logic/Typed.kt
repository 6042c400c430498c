package firebee.logic

import firebee.ClientException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * What is typed at one place of the screens and not recorded yet. The core keeps it letter by letter, so that it is there again
 * after the system has ended the process.
 */
class Typed(private val shell: Shell, private val place: String) {
    private val texts = MutableStateFlow(emptyMap<String, String>())
    private val held = HashMap<String, String>()
    private val order = Mutex()
    private val read = CompletableDeferred<Unit>()

    /** The texts by their fields. */
    val all: StateFlow<Map<String, String>> = texts.asStateFlow()

    init {
        shell.scope.launch {
            order.withLock {
                try {
                    val kept = shell.client.drafts().kept(place).associate { it.field to it.text }
                    held += kept
                    // What was typed meanwhile is newer.
                    texts.update { kept + it }
                } catch (_: ClientException) {
                    // The screen begins empty, as it did before anything was kept.
                }
            }
            read.complete(Unit)
        }
    }

    /** The texts, once those that were kept are among them. */
    suspend fun known(): Map<String, String> {
        read.await()
        return texts.value
    }

    fun put(field: String, text: String) {
        texts.update { it + (field to text) }
        shell.scope.launch { order.withLock { keep(field) } }
    }

    /** The act is done, and with it what was typed for it. */
    fun done() {
        texts.value = emptyMap()
        shell.scope.launch {
            order.withLock {
                held.clear()
                try {
                    shell.client.drafts().discard(place)
                } catch (_: ClientException) {
                    // It is shown once more, and dropped with the next act.
                }
                // What was typed since belongs to the next act.
                texts.value.keys.forEach { keep(it) }
            }
        }
    }

    /** One letter after the other, and of those that wait only the last. */
    private suspend fun keep(field: String) {
        val now = texts.value[field]
        if (now == null || held[field] == now) return
        try {
            shell.client.drafts().keep(place, field, now)
            held[field] = now
        } catch (_: ClientException) {
            // What cannot be kept now is kept with the next letter; the screen still holds it.
        }
    }
}
