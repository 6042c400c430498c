package firebee.logic

import firebee.MonthChoice
import firebee.StateChoice
import firebee.TaskQuery
import firebee.TaskRow
import firebee.Whose
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** What is searched for. No state and no month admit all. */
data class Sought(
    val text: String = "",
    val whose: Whose = Whose.MINE,
    val state: StateChoice? = null,
    val month: MonthChoice? = null,
)

/** What was found, and by what it can be narrowed. */
data class Found(val tasks: Rows<TaskRow>, val states: List<StateChoice>, val months: List<MonthChoice>)

class SearchModel(shell: Shell) : Reader<Found>(shell) {
    private val asked = MutableStateFlow(Sought())
    private var limit = ROWS

    val sought: StateFlow<Sought> = asked.asStateFlow()

    override suspend fun read(): Found {
        val now = asked.value
        val query = TaskQuery(text = now.text, whose = now.whose, states = listOfNotNull(now.state?.state), month = now.month?.month, limit = limit)
        val page = shell.client.screens().search(query)
        return Found(Rows(page.rows, page.total, page.next != null), page.states, page.months)
    }

    fun text(text: String): Unit = ask { it.copy(text = text) }

    /** Other tasks: what they can be narrowed by is something else. */
    fun whose(whose: Whose): Unit = ask { Sought(it.text, whose) }

    fun state(state: StateChoice): Unit = ask { it.copy(state = state) }

    fun month(month: MonthChoice): Unit = ask { it.copy(month = month) }

    fun more() {
        limit += ROWS
        calls.run { refresh() }
    }

    fun open(row: TaskRow): Unit = shell.go(if (row.review) Route.Review(row.task) else Route.Task(row.task))

    private fun ask(change: (Sought) -> Sought) {
        asked.update(change)
        limit = ROWS
        calls.run { refresh() }
    }
}
