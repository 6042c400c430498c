package firebee.logic

import firebee.Language
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The model of a screen that the core gives whole: it is read again at each change. */
abstract class Reader<T : Any>(protected val shell: Shell) {
    private val shown = MutableStateFlow<T?>(null)

    val calls: Calls = Calls(shell.scope)

    /** What is shown; nothing before it was read. */
    val view: StateFlow<T?> = shown.asStateFlow()

    /** The language of what is shown: after another one was chosen, the screen is read anew. */
    @Volatile
    var language: Language? = null
        private set

    protected abstract suspend fun read(): T?

    /** Follows the changes while the screen is seen. */
    suspend fun follow(): Unit = shell.changed().collect { refresh() }

    suspend fun refresh(): Unit = calls.caught {
        val speaks = shell.language
        shown.value = read()
        language = speaks
    }
}
