package firebee.phones

import firebee.Instance
import firebee.PhotoRole
import firebee.Purpose
import firebee.Whose
import firebee.logic.Part
import firebee.logic.Route
import firebee.logic.SearchModel
import firebee.logic.Shell
import firebee.logic.SignInModel

/** A screen of the app: where it stands on the way, and what a finger has done before the look. */
class Scene(val name: String, val route: Route, val below: Route? = Route.Today, val before: (Shell) -> Unit = {})

private val at = Instance(Sheet.item(), 2)

/** Every screen behind the door. */
val scenes: List<Scene> = listOf(
    Scene("sign-in", Route.SignIn, null) { shell -> shell.model(Route.SignIn) { SignInModel(shell) }.password("lantern") },
    Scene("permission", Route.Permissions, null),
    Scene("pull", Route.Pull, null),
    Scene("today", Route.Today, null),
    Scene("projects", Route.Projects, null),
    Scene("project", Route.Project(Sheet.project())),
    Scene("supplementary", Route.Supplementary(Sheet.project())),
    Scene("task", Route.Task(Sheet.task())),
    Scene("restore", Route.Aside(Sheet.task(), Part.RESTORE)),
    Scene("controller", Route.Aside(Sheet.task(), Part.CONTROLLER)),
    Scene("helpers", Route.Aside(Sheet.task(), Part.HELPERS)),
    Scene("instruments", Route.Aside(Sheet.task(), Part.INSTRUMENTS)),
    Scene("witness", Route.Aside(Sheet.task(), Part.WITNESS)),
    Scene("leaving", Route.Aside(Sheet.task(), Part.LEAVING)),
    Scene("item", Route.Item(Sheet.task(), at)),
    Scene("each", Route.Each(Sheet.task(), at)),
    Scene("moving", Route.Moving(Sheet.task(), at)),
    Scene("camera", Route.Camera(Sheet.task(), Purpose(PhotoRole.EVIDENCE, at))),
    Scene("photo", Route.Photo(Sheet.task(), Sheet.fact())),
    Scene("track", Route.Track),
    Scene("dispatches", Route.Dispatches),
    Scene("dispatch", Route.Dispatch(Sheet.dispatch())),
    Scene("search", Route.Search, null),
    Scene("queue", Route.Search, null) { shell -> shell.model(Route.Search) { SearchModel(shell) }.whose(Whose.TO_REVIEW) },
    Scene("sync", Route.Sync, null),
    Scene("settings", Route.Settings, null),
    Scene("review", Route.Review(Sheet.task())),
    Scene("record", Route.FaultRecord(Sheet.task(), Sheet.fault())),
    Scene("undecided", Route.Undecided),
)
