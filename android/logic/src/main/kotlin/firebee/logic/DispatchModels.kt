package firebee.logic

import firebee.DispatchId
import firebee.DispatchQuery
import firebee.DispatchRow
import firebee.DispatchScreen
import firebee.FinishDispatch
import firebee.Outcome
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The dispatches of this account, or also those of the projects that it leads, page by page. */
class DispatchesModel(shell: Shell) : Reader<Rows<DispatchRow>>(shell) {
    private val asked = MutableStateFlow(false)
    private var limit = ROWS

    /** Whether those of others are shown as well. */
    val led: StateFlow<Boolean> = asked.asStateFlow()

    override suspend fun read(): Rows<DispatchRow> {
        val page = shell.client.screens().findDispatches(DispatchQuery(led = asked.value, limit = limit))
        return Rows(page.rows, page.total, page.next != null)
    }

    fun led(led: Boolean) {
        asked.value = led
        limit = ROWS
        calls.run { refresh() }
    }

    fun more() {
        limit += ROWS
        calls.run { refresh() }
    }
}

/** One dispatch: received, begun, finished with words and photos. */
class DispatchModel(shell: Shell, private val dispatch: DispatchId) : Reader<DispatchScreen>(shell) {
    private val shots = MutableStateFlow(emptyList<Shot>())

    /** The photos that go with the end of the work. */
    val photos: StateFlow<List<Shot>> = shots.asStateFlow()

    override suspend fun read(): DispatchScreen = shell.client.screens().dispatch(dispatch)

    fun receive(): Unit = calls.act { shell.client.dispatches().receive(dispatch) }

    fun start(): Unit = calls.act { shell.client.dispatches().start(dispatch) }

    fun shoot(): Unit = calls.act { shell.phone.lens.shoot()?.let { shots.value += it } }

    fun finish(outcome: Outcome, details: String): Unit = calls.act {
        val files = shots.value
        shell.client.dispatches().finish(FinishDispatch(dispatch, outcome, details, files.map { it.path }))
        files.forEach(shell.phone.lens::drop)
        shots.value = emptyList()
    }
}
