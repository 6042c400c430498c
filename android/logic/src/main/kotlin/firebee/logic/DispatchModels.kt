package firebee.logic

import firebee.DispatchId
import firebee.DispatchQuery
import firebee.DispatchRow
import firebee.DispatchScreen
import firebee.DispatchChoice
import firebee.FinishDispatch
import firebee.Outcome
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** What is searched for among dispatches. No state admits all. */
data class SoughtDispatches(
    val text: String = "",
    /** Whether those of others are shown as well. */
    val led: Boolean = false,
    val state: DispatchChoice? = null,
)

/** What was found, and by what it can be narrowed. */
data class FoundDispatches(val rows: Rows<DispatchRow>, val states: List<DispatchChoice>)

/** The dispatches of this account, or also those of the projects that it leads, found by words and state, page by page. */
class DispatchesModel(shell: Shell) : Reader<FoundDispatches>(shell) {
    private val asked = MutableStateFlow(SoughtDispatches())
    private var limit = ROWS

    val sought: StateFlow<SoughtDispatches> = asked.asStateFlow()

    override suspend fun read(): FoundDispatches {
        val now = asked.value
        val query = DispatchQuery(text = now.text, led = now.led, states = listOfNotNull(now.state?.state), limit = limit)
        val page = shell.client.screens().findDispatches(query)
        return FoundDispatches(Rows(page.rows, page.total, page.next != null), page.states)
    }

    fun text(text: String): Unit = ask { it.copy(text = text) }

    /** Other dispatches: what they can be narrowed by is something else. */
    fun led(led: Boolean): Unit = ask { SoughtDispatches(it.text, led) }

    fun state(state: DispatchChoice): Unit = ask { it.copy(state = state) }

    fun more() {
        limit += ROWS
        calls.run { refresh() }
    }

    private fun ask(change: (SoughtDispatches) -> SoughtDispatches) {
        asked.update(change)
        limit = ROWS
        calls.run { refresh() }
    }
}

/** One dispatch: received, begun, finished with words and photos. */
class DispatchModel(shell: Shell, private val dispatch: DispatchId) : Reader<DispatchScreen>(shell) {
    /** What was found and done, while it is typed. */
    val details: Typed = shell.typed("dispatch $dispatch")

    /** What goes with the end of the work. */
    val attached: Attached = Attached(shell.phone, details)

    override suspend fun read(): DispatchScreen = shell.client.screens().dispatch(dispatch)

    fun receive(): Unit = calls.act { shell.client.dispatches().receive(dispatch) }

    fun start(): Unit = calls.act { shell.client.dispatches().start(dispatch) }

    fun finish(outcome: Outcome, details: String): Unit = calls.act {
        val files = attached.known()
        shell.client.dispatches().finish(FinishDispatch(dispatch, outcome, details, files.map { it.path }))
        this.details.done()
        files.forEach(shell.phone.lens::drop)
    }
}
