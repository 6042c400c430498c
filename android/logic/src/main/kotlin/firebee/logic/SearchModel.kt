package firebee.logic

import firebee.TaskId
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
    private var pages = 1

    val sought: StateFlow<Sought> = asked.asStateFlow()

    override suspend fun read(): Rows<TaskRow> {
        val now = asked.value
        val rows = ArrayList<TaskRow>()
        var after: TaskId? = null
        var total = 0
        repeat(pages) { at ->
            if (at > 0 && after == null) return@repeat
            val page = shell.client.screens().search(TaskQuery(text = now.text, whose = now.whose, after = after))
            rows += page.rows
            total = page.total
            after = page.next
        }
        return Rows(rows, total, after != null)
    }

    fun text(text: String): Unit = ask { it.copy(text = text) }

    fun whose(whose: Whose): Unit = ask { it.copy(whose = whose) }

    fun more() {
        pages += 1
        calls.run { refresh() }
    }

    /** A lead opens what waits for a review at its review. */
    fun open(row: TaskRow): Unit =
        shell.go(if (asked.value.whose == Whose.TO_REVIEW) Route.Review(row.task) else Route.Task(row.task))

    private fun ask(change: (Sought) -> Sought) {
        asked.update(change)
        pages = 1
        calls.run { refresh() }
    }
}
