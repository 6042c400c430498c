package firebee.logic

import firebee.TaskQuery
import firebee.TaskRow
import firebee.Whose
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** What is searched for. */
data class Sought(val text: String = "", val whose: Whose = Whose.MINE)

class SearchModel(shell: Shell) : Reader<Rows<TaskRow>>(shell) {
    private val asked = MutableStateFlow(Sought())
    private var limit = ROWS

    val sought: StateFlow<Sought> = asked.asStateFlow()

    override suspend fun read(): Rows<TaskRow> {
        val now = asked.value
        val page = shell.client.screens().search(TaskQuery(text = now.text, whose = now.whose, limit = limit))
        return Rows(page.rows, page.total, page.next != null)
    }

    fun text(text: String): Unit = ask { it.copy(text = text) }

    fun whose(whose: Whose): Unit = ask { it.copy(whose = whose) }

    fun more() {
        limit += ROWS
        calls.run { refresh() }
    }

    /** A lead opens what waits for a review at its review. */
    fun open(row: TaskRow): Unit =
        shell.go(if (asked.value.whose == Whose.TO_REVIEW) Route.Review(row.task) else Route.Task(row.task))

    private fun ask(change: (Sought) -> Sought) {
        asked.update(change)
        limit = ROWS
        calls.run { refresh() }
    }
}
