package firebee.app

import android.content.Context
import android.content.Intent
import android.net.Uri
import firebee.DispatchId
import firebee.Instance
import firebee.PlanItemId
import firebee.ProjectId
import firebee.TaskId
import firebee.logic.Route

/** Where a screen is, as a text: in the link of a notification, and in what Android keeps of an app whose process it ends. */
internal object Address {
    private const val SCHEME = "firebee"

    /** The screens that hold nothing but themselves. */
    private val plain = mapOf(
        "today" to Route.Today,
        "projects" to Route.Projects,
        "search" to Route.Search,
        "sync" to Route.Sync,
        "settings" to Route.Settings,
        "track" to Route.Track,
        "dispatches" to Route.Dispatches,
        "undecided" to Route.Undecided,
    )

    /** Nothing for a screen that one does not come back to, such as the camera. */
    fun of(route: Route): String? = when (route) {
        is Route.Project -> "project/${route.project}"
        is Route.Task -> "task/${route.task}"
        is Route.Item -> "item/${route.task}/${route.at.item}/${route.at.ordinal}"
        is Route.Dispatch -> "dispatch/${route.dispatch}"
        is Route.Review -> "review/${route.task}"
        else -> plain.entries.firstOrNull { it.value == route }?.key
    }

    /** Nothing for a text that leads nowhere: any app can send one. */
    fun route(text: String): Route? {
        val parts = text.split("/")
        val id = parts.getOrNull(1).orEmpty()
        return when (parts[0]) {
            "project" -> ProjectId.of(id)?.let { Route.Project(it) }
            "task" -> TaskId.of(id)?.let { Route.Task(it) }
            "item" -> item(parts)
            "dispatch" -> DispatchId.of(id)?.let { Route.Dispatch(it) }
            "review" -> TaskId.of(id)?.let { Route.Review(it) }
            else -> plain[text]
        }
    }

    private fun item(parts: List<String>): Route? {
        val task = TaskId.of(parts.getOrNull(1).orEmpty()) ?: return null
        val item = PlanItemId.of(parts.getOrNull(2).orEmpty()) ?: return null
        val ordinal = parts.getOrNull(3)?.toIntOrNull()?.takeIf { it > 0 } ?: return null
        return Route.Item(task, Instance(item, ordinal))
    }

    /** Opens the app at a screen. */
    fun link(context: Context, route: Route): Intent =
        Intent(Intent.ACTION_VIEW, Uri.parse("$SCHEME:${of(route)}"), context, MainActivity::class.java)

    /** The screen that an intent leads to. */
    fun linked(intent: Intent): Route? = intent.data?.takeIf { it.scheme == SCHEME }?.schemeSpecificPart?.let(::route)
}
