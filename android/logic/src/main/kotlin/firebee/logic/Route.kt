package firebee.logic

import firebee.DispatchId
import firebee.FactId
import firebee.FaultId
import firebee.Instance
import firebee.Isolable
import firebee.ProjectId
import firebee.Purpose
import firebee.TaskId

/** Where one is. */
sealed interface Route {
    data object SignIn : Route

    data object Permissions : Route

    data object Pull : Route

    data object Today : Route

    data object Projects : Route

    data class Project(val project: ProjectId) : Route

    data class Supplementary(val project: ProjectId) : Route

    data class Task(val task: TaskId) : Route

    /** What belongs to a task beside its items. */
    data class Aside(val task: TaskId, val part: Part) : Route

    data class Item(val task: TaskId, val at: Instance) : Route

    /** The instances of an item without a result, where something is measured at each. */
    data class Each(val task: TaskId, val at: Instance) : Route

    data class Moving(val task: TaskId, val at: Instance) : Route

    data class Camera(val task: TaskId, val purpose: Purpose, val restored: Restored? = null) : Route

    data class Photo(val task: TaskId, val photo: FactId) : Route

    data object Track : Route

    data object Dispatches : Route

    data class Dispatch(val dispatch: DispatchId) : Route

    data object Search : Route

    data object Sync : Route

    data object Settings : Route

    data class Review(val task: TaskId) : Route

    /** The record of a fault beside its description. */
    data class FaultRecord(val task: TaskId, val fault: FaultId) : Route

    data object Undecided : Route

    /** The screens that the bar at the bottom leads to. */
    companion object {
        val roots: List<Route> get() = listOf(Today, Projects, Search, Sync, Settings)
    }
}

/** Whether the screen shows evidence, which is not copied unless somebody has allowed it. */
val Route.showsEvidence: Boolean get() = when (this) {
    is Route.Task, is Route.Aside, is Route.Item, is Route.Each, is Route.Moving -> true
    is Route.Camera, is Route.Photo, Route.Track, is Route.Dispatch -> true
    is Route.Review, is Route.FaultRecord, Route.Undecided -> true
    Route.SignIn, Route.Permissions, Route.Pull, Route.Today, Route.Projects, is Route.Project -> false
    is Route.Supplementary, Route.Dispatches, Route.Search, Route.Sync, Route.Settings -> false
}

/** The task that is worked on here. */
val Route.worksOn: TaskId? get() = when (this) {
    is Route.Task -> task
    is Route.Aside -> task
    is Route.Item -> task
    is Route.Each -> task
    is Route.Moving -> task
    is Route.Camera -> task
    else -> null
}

/** The system that the photo of a panel shows back in automatic, and who set it so. */
data class Restored(val system: Isolable, val by: String)

/** What belongs to a task beside its items. */
enum class Part { RESTORE, CONTROLLER, HELPERS, INSTRUMENTS, WITNESS, LEAVING }
