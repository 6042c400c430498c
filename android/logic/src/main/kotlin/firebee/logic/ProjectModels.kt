package firebee.logic

import firebee.Permission
import firebee.ProjectId
import firebee.ProjectQuery
import firebee.ProjectRow
import firebee.StartSupplementary
import firebee.SupplementaryScreen
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.map

/** A list that grows page by page. */
data class Rows<T>(val rows: List<T>, val total: Int, val more: Boolean)

/** The projects that the words find. */
class ProjectsModel(shell: Shell) : Reader<Rows<ProjectRow>>(shell) {
    private val typed = MutableStateFlow("")
    private var limit = ROWS

    val text: StateFlow<String> = typed.asStateFlow()

    override suspend fun read(): Rows<ProjectRow> {
        val page = shell.client.screens().projects(ProjectQuery(text = typed.value, limit = limit))
        return Rows(page.rows, page.total, page.next != null)
    }

    fun search(text: String) {
        typed.value = text
        limit = ROWS
        calls.run { refresh() }
    }

    fun more() {
        limit += ROWS
        calls.run { refresh() }
    }
}

/** What a supplementary test can be of, and what is chosen. */
class SupplementaryModel(shell: Shell, private val project: ProjectId) : Reader<SupplementaryScreen>(shell) {
    private val typed = MutableStateFlow("")
    private val kept = shell.typed("supplementary $project")

    val text: StateFlow<String> = typed.asStateFlow()

    /** What is chosen is kept like what is typed. */
    val picked: Flow<Set<String>> = kept.all.map(::chosen)

    override suspend fun read(): SupplementaryScreen = shell.client.screens().supplementary(project, typed.value)

    fun search(text: String) {
        typed.value = text
        calls.run { refresh() }
    }

    fun pick(item: String) {
        val before = chosen(kept.all.value)
        kept.put("picked", (if (item in before) before - item else before + item).sorted().joinToString(" "))
    }

    fun start(): Unit = calls.act {
        val located = Permission.LOCATION_ALWAYS in shell.phone.permissions.granted()
        val task = shell.client.tasks().startSupplementary(StartSupplementary(project, chosen(kept.known()).toList(), located))
        kept.done()
        shell.replace(Route.Task(task))
        shell.tracker.begin(task)
    }

    private fun chosen(texts: Map<String, String>) = texts["picked"].orEmpty().split(" ").filter { it.isNotEmpty() }.toSet()
}
