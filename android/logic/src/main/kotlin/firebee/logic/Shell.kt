package firebee.logic

import firebee.About
import firebee.Client
import firebee.ClientException
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
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** The client as its screens hold it: the way through them, the language, and what outlives a screen. */
class Shell(val client: Client, val scope: CoroutineScope, val phone: Phone, val reopen: () -> Unit = {}) {
    private val stack = MutableStateFlow<List<Route>>(listOf(Route.SignIn))
    private val models = HashMap<Route, Any>()
    private val typing = HashMap<String, Typed>()
    private val reminding = Mutex()
    private val line = MutableStateFlow<Quiet?>(null)
    private val spoken = MutableStateFlow(languageOf(phone))
    private val said = MutableStateFlow(words(spoken.value))
    private val look = MutableStateFlow(phone.preferences.theme)
    private val copied = MutableStateFlow(phone.preferences.screenshots)

    val tracker: Tracker = Tracker(client, phone.locator, scope) { remind() }

    /** The screens that lie over one another; the last is seen. */
    val way: StateFlow<List<Route>> = stack.asStateFlow()

    /** The one status line; nothing before somebody has signed in. */
    val quiet: StateFlow<Quiet?> = line.asStateFlow()

    val words: StateFlow<Words> = said.asStateFlow()
    val theme: StateFlow<Theme> = look.asStateFlow()

    /** Whether screens that show evidence may be copied. */
    val screenshots: StateFlow<Boolean> = copied.asStateFlow()

    /** Whether what is seen now may not be copied. */
    val secret: Flow<Boolean> = combine(stack, copied) { way, allowed -> !allowed && way.last().showsEvidence }.distinctUntilChanged()

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

    /** A task is not worked on any more: its screens are gone, and whoever has gone on from them meanwhile stays there. */
    fun leave(task: TaskId) {
        stack.update { way -> way.filter { it.worksOn != task }.ifEmpty { listOf(Route.Today) } }
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

    /** What is typed at a place and not recorded yet: neither the back button nor the end of the process loses it. */
    fun typed(place: String): Typed = synchronized(typing) { typing.getOrPut(place) { Typed(this, place) } }

    /** Shows on the phone's board what the core has to tell now, and takes down what holds no more. */
    suspend fun remind(seen: Boolean = phone.notices.seen): Unit = reminding.withLock {
        try {
            val now = client.screens().reminders(seen)
            now.takeDown.forEach(phone.notices::takeDown)
            now.post.forEach { phone.notices.post(it, it.about.route()) }
        } catch (_: ClientException) {
            // Nobody is signed in, or the stores answer later: nothing counts as told.
        }
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

    fun allowScreenshots(allowed: Boolean) {
        phone.preferences.screenshots = allowed
        copied.value = allowed
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

/** The screen that a reminder leads to. What waits for a lead stands on the first screen of a day. */
fun About.route(): Route = when (this) {
    About.Today, About.Review -> Route.Today
    is About.Task -> Route.Task(task)
    is About.Dispatch -> Route.Dispatch(dispatch)
    About.Undecided -> Route.Undecided
    About.Sync -> Route.Sync
    About.Track -> Route.Track
}
