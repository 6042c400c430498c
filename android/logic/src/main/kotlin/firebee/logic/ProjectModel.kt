package firebee.logic

import firebee.Datum
import firebee.FacilityRow
import firebee.IssuedQuery
import firebee.Permission
import firebee.ProjectId
import firebee.ProjectScreen
import firebee.StartMismatch
import java.util.concurrent.ConcurrentHashMap
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** One project, with its map as satellites give places. Of a large one the items of a facility are read page by page. */
class ProjectModel(shell: Shell, private val project: ProjectId) : Reader<ProjectScreen>(shell) {
    private val unfolded = MutableStateFlow(emptySet<String>())

    /** How many rows of a facility are read behind those that the screen has. */
    private val behind = ConcurrentHashMap<String, Int>()

    /** The systems whose facilities are shown. */
    val open: StateFlow<Set<String>> = unfolded.asStateFlow()

    override suspend fun read(): ProjectScreen? {
        val screen = shell.client.screens().project(project, Datum.WGS84) ?: return null
        return screen.copy(systems = screen.systems.map { system ->
            system.copy(facilities = system.facilities.map { readOn(it) })
        })
    }

    fun fold(system: String): Unit = unfolded.update { if (system in it) it - system else it + system }

    /** Reads the next rows of a facility. */
    fun more(facility: String) {
        behind.merge(facility, ROWS, Int::plus)
        calls.run { refresh() }
    }

    fun startMismatch(): Unit = calls.act {
        val located = Permission.LOCATION_ALWAYS in shell.phone.permissions.granted()
        val task = shell.client.tasks().startMismatch(StartMismatch(project, located))
        shell.go(Route.Task(task))
        shell.tracker.begin(task)
    }

    private suspend fun readOn(row: FacilityRow): FacilityRow {
        val limit = behind[row.code] ?: return row
        val query = IssuedQuery(project = project, facility = row.code, after = row.items.lastOrNull()?.item, limit = limit)
        return row.copy(items = row.items + shell.client.screens().issued(query).rows)
    }
}

/** Whether the facility has rows behind those that are shown. */
val FacilityRow.more: Boolean get() = items.size < done.total
