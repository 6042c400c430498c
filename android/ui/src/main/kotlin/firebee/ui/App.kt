package firebee.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontFamily
import firebee.Words
import firebee.logic.CameraModel
import firebee.logic.DispatchModel
import firebee.logic.DispatchesModel
import firebee.logic.Door
import firebee.logic.EachModel
import firebee.logic.Home
import firebee.logic.ItemModel
import firebee.logic.MovingModel
import firebee.logic.PermissionsModel
import firebee.logic.PhotoModel
import firebee.logic.ProjectModel
import firebee.logic.ProjectsModel
import firebee.logic.PullModel
import firebee.logic.RecordModel
import firebee.logic.ReviewModel
import firebee.logic.Route
import firebee.logic.SearchModel
import firebee.logic.SettingsModel
import firebee.logic.Shell
import firebee.logic.SignInModel
import firebee.logic.SupplementaryModel
import firebee.logic.SyncModel
import firebee.logic.TaskModel
import firebee.logic.Theme
import firebee.logic.TodayModel
import firebee.logic.TrackModel
import firebee.logic.UndecidedModel

/** The app: its door first, then the screen that is seen. `spoken` are the words before a client is open. */
@Composable
fun App(home: Home, spoken: Words, modifier: Modifier = Modifier, font: FontFamily = FontFamily.Default) {
    val door by home.door.collectAsState()
    LaunchedEffect(home) { home.open() }
    when (val now = door) {
        is Door.Open -> Inside(now.shell, modifier, font)
        else -> Look(isSystemInDarkTheme(), spoken, font) {
            Surface(modifier.fillMaxSize()) { Outside(now, home) }
        }
    }
}

@Composable
private fun Outside(door: Door, home: Home) {
    val words = LocalWords.current
    when (door) {
        Door.Server -> ServerPane(home::server)
        is Door.Refused -> Bare(words.signIn, main = { Main(words.again, "again") { home.open() } }) {
            item { Failure(door.told) {} }
        }
        else -> Box(Modifier.padding(Space.step * 4))
    }
}

/** The screens of an open client. */
@Composable
fun Inside(shell: Shell, modifier: Modifier = Modifier, font: FontFamily = FontFamily.Default) {
    val words by shell.words.collectAsState()
    val theme by shell.theme.collectAsState()
    val way by shell.way.collectAsState()
    LaunchedEffect(shell) { shell.follow() }
    val dark = when (theme) {
        Theme.PHONE -> isSystemInDarkTheme()
        Theme.LIGHT -> false
        Theme.DARK -> true
    }
    // What a screen below remembers, such as how far its list was scrolled, is there again after the way back.
    val remembered = rememberSaveableStateHolder()
    Look(dark, words, font) {
        Surface(modifier.fillMaxSize()) {
            remembered.SaveableStateProvider("${way.last()}") { Seen(shell, way.last()) }
        }
    }
}

/** A screen and its model, by where one is. */
@Composable
private fun Seen(shell: Shell, route: Route) = when (route) {
    Route.SignIn -> SignInPane(shell, shell.model(route) { SignInModel(shell) })
    Route.Permissions -> PermissionsPane(shell, shell.model(route) { PermissionsModel(shell) })
    Route.Pull -> PullPane(shell, shell.model(route) { PullModel(shell) })
    Route.Today -> TodayPane(shell, shell.model(route) { TodayModel(shell) })
    Route.Projects -> ProjectsPane(shell, shell.model(route) { ProjectsModel(shell) })
    is Route.Project -> ProjectPane(shell, shell.model(route) { ProjectModel(shell, route.project) })
    is Route.Supplementary -> SupplementaryPane(shell, shell.model(route) { SupplementaryModel(shell, route.project) })
    is Route.Task -> TaskPane(shell, shell.model(route) { TaskModel(shell, route.task) })
    is Route.Item -> ItemPane(shell, shell.model(route) { ItemModel(shell, route.task, route.at) }, route)
    is Route.Aside -> PartPane(shell, shell.model(route) { TaskModel(shell, route.task) }, route.part)
    is Route.Each -> EachPane(shell, shell.model(route) { EachModel(shell, route.task, route.at) })
    is Route.Moving -> MovingPane(shell, shell.model(route) { MovingModel(shell, route.task, route.at) })
    is Route.Camera -> CameraPane(shell, shell.model(route) { CameraModel(shell, route) })
    is Route.Photo -> PhotoPane(shell, shell.model(route) { PhotoModel(shell, route) })
    Route.Track -> TrackPane(shell, shell.model(route) { TrackModel(shell) })
    Route.Dispatches -> DispatchesPane(shell, shell.model(route) { DispatchesModel(shell) })
    is Route.Dispatch -> DispatchPane(shell, shell.model(route) { DispatchModel(shell, route.dispatch) })
    Route.Search -> SearchPane(shell, shell.model(route) { SearchModel(shell) })
    Route.Sync -> SyncPane(shell, shell.model(route) { SyncModel(shell) })
    Route.Settings -> SettingsPane(shell, shell.model(route) { SettingsModel(shell) })
    is Route.Review -> ReviewPane(shell, shell.model(route) { ReviewModel(shell, route.task) })
    is Route.FaultRecord -> RecordPane(shell, shell.model(route) { RecordModel(shell, route.task, route.fault) })
    Route.Undecided -> UndecidedPane(shell, shell.model(route) { UndecidedModel(shell) })
}
