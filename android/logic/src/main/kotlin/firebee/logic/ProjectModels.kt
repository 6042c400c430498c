package firebee.logic

import firebee.Datum
import firebee.Permission
import firebee.ProjectId
import firebee.ProjectQuery
import firebee.ProjectRow
import firebee.ProjectScreen
import firebee.StartMismatch
import firebee.StartSupplementary
import firebee.SupplementaryScreen
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** A list that grows page by page. */
data class Rows<T>(val rows: List<T>, val total: Int, val more: Boolean)

/** The projects that the words find. */
class ProjectsModel(shell: Shell) : Reader<Rows<ProjectRow>>(shell) {
    private val typed = MutableStateFlow("")
    private var pages = 1

    val text: StateFlow<String> = typed.asStateFlow()

    override suspend fun read(): Rows<ProjectRow> {
        val rows = ArrayList<ProjectRow>()
        var after: ProjectId? = null
        var total = 0
        repeat(pages) { at ->
            if (at > 0 && after == null) return@repeat
            val page = shell.client.screens().projects(ProjectQuery(text = typed.value, after = after))
            rows += page.rows
            total = page.total
            after = page.next
        }
        return Rows(rows, total, after != null)
    }

    fun search(text: String) {
        typed.value = text
        pages = 1
        calls.run { refresh() }
    }

    fun more() {
        pages += 1
        calls.run { refresh() }
    }
}

/** One project, with its map as satellites give places. */
class ProjectModel(shell: Shell, private val project: ProjectId) : Reader<ProjectScreen>(shell) {
    override suspend fun read(): ProjectScreen? = shell.client.screens().project(project, Datum.WGS84)

    fun startMismatch(): Unit = calls.act {
        val located = Permission.LOCATION_ALWAYS in shell.phone.permissions.granted()
        val task = shell.client.tasks().startMismatch(StartMismatch(project, located))
        shell.go(Route.Task(task))
        shell.tracker.begin(task)
    }
}

/** What a supplementary test can be of, and what is chosen. */
class SupplementaryModel(shell: Shell, private val project: ProjectId) : Reader<SupplementaryScreen>(shell) {
    private val typed = MutableStateFlow("")
    private val chosen = MutableStateFlow(emptySet<String>())

    val text: StateFlow<String> = typed.asStateFlow()
    val picked: StateFlow<Set<String>> = chosen.asStateFlow()

    override suspend fun read(): SupplementaryScreen = shell.client.screens().supplementary(project, typed.value)

    fun search(text: String) {
        typed.value = text
        calls.run { refresh() }
    }

    fun pick(item: String): Unit = chosen.update { if (item in it) it - item else it + item }

    fun start(): Unit = calls.act {
        val located = Permission.LOCATION_ALWAYS in shell.phone.permissions.granted()
        val task = shell.client.tasks().startSupplementary(StartSupplementary(project, chosen.value.toList(), located))
        shell.replace(Route.Task(task))
        shell.tracker.begin(task)
    }
}
