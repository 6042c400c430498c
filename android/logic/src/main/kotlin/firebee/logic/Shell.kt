package firebee.logic

import firebee.Client
import firebee.Draft
import firebee.Instance
import firebee.Language
import firebee.Quiet
import firebee.TaskId
import firebee.Words
import firebee.words
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.flow.update

/** The client as its screens hold it: the way through them, the language, and what outlives a screen. */
class Shell(val client: Client, val scope: CoroutineScope, val phone: Phone, val reopen: () -> Unit = {}) {
    private val stack = MutableStateFlow<List<Route>>(listOf(Route.SignIn))
    private val models = HashMap<Route, Any>()
    private val drafts = HashMap<Pair<TaskId, Instance>, Draft>()
    private val line = MutableStateFlow<Quiet?>(null)
    private val spoken = MutableStateFlow(languageOf(phone))
    private val said = MutableStateFlow(words(spoken.value))
    private val look = MutableStateFlow(phone.preferences.theme)

    val tracker: Tracker = Tracker(client, phone.locator, scope)

    /** The screens that lie over one another; the last is seen. */
    val way: StateFlow<List<Route>> = stack.asStateFlow()

    /** The one status line; nothing before somebody has signed in. */
    val quiet: StateFlow<Quiet?> = line.asStateFlow()

    val words: StateFlow<Words> = said.asStateFlow()
    val theme: StateFlow<Theme> = look.asStateFlow()

    fun go(route: Route) {
        stack.update { if (it.last() == route) it else it + route }
    }

    /** Another root: what lay over it is gone. */
    fun begin(route: Route) {
        stack.value = listOf(route)
        forget()
    }

    /** Another screen in place of the one that is seen. */
    fun replace(route: Route) {
        stack.update { it.dropLast(1) + route }
        forget()
    }

    /** Back to the screen below a task that is not worked on any more. */
    fun leave(task: TaskId) {
        stack.update { way -> way.takeWhile { it != Route.Task(task) }.ifEmpty { listOf(Route.Today) } }
        forget()
    }

    /** Whether there was a screen below. */
    fun back(): Boolean {
        val below = stack.value.dropLast(1)
        if (below.isEmpty()) return false
        stack.value = below
        forget()
        return true
    }

    /** The model of a screen lives as long as the screen lies on the way, also while the system makes the activity anew. */
    @Suppress("UNCHECKED_CAST")
    fun <M : Any> model(route: Route, make: () -> M): M = synchronized(models) { models.getOrPut(route, make) as M }

    private fun forget() = synchronized(models) { models.keys.retainAll(stack.value.toSet()) }

    /** What was entered and not saved: the back button loses nothing. */
    fun draft(task: TaskId, at: Instance): Draft? = synchronized(drafts) { drafts[task to at] }

    fun keep(task: TaskId, at: Instance, draft: Draft?) {
        synchronized(drafts) { if (draft == null) drafts.remove(task to at) else drafts[task to at] = draft }
    }

    fun speak(tongue: Tongue) {
        phone.preferences.tongue = tongue
        val language = languageOf(phone)
        client.setLanguage(language)
        said.value = words(language)
        spoken.value = language
    }

    val language: Language get() = spoken.value

    fun paint(theme: Theme) {
        phone.preferences.theme = theme
        look.value = theme
    }

    /** Tells to read again: at once, at each change, and when the language is another one. */
    fun changed(): Flow<Unit> = merge(client.changed(), spoken.map { }).conflate()

    /** Keeps the status line up to date. */
    suspend fun follow() = changed().collect {
        line.value = runCatching { client.screens().quiet() }.getOrNull()
    }
}

/** Listens first and then reads, so that no change falls between; several may become one. */
fun Client.changed(): Flow<Unit> = flow {
    val heard = changes()
    try {
        do emit(Unit) while (heard.next() != null)
    } finally {
        heard.stop()
        heard.close()
    }
}

fun languageOf(phone: Phone): Language = when (phone.preferences.tongue) {
    Tongue.CHINESE -> Language.ZH
    Tongue.ENGLISH -> Language.EN
    Tongue.PHONE -> if (phone.chinese) Language.ZH else Language.EN
}
