package firebee.logic

import firebee.Permission
import firebee.PermissionStep
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

/** Asks for one permission at a time, in the order and with the reasons of the core. */
class PermissionsModel(private val shell: Shell) {
    private val put = MutableStateFlow(emptySet<Permission>())
    private val shown = MutableStateFlow(first())

    /** The one that is asked for now; nothing when there is none left. */
    val view: StateFlow<PermissionStep?> = shown.asStateFlow()

    /** Says it again, in the language that the app speaks now. */
    fun refresh() {
        shown.value = first()
    }

    fun allow() {
        val step = shown.value ?: return
        shell.scope.launch {
            if (!shell.phone.permissions.ask(step.permission)) put.value += step.permission
            next()
        }
    }

    fun notNow() {
        val step = shown.value ?: return
        put.value += step.permission
        next()
    }

    private fun next() {
        shown.value = first()
        if (shown.value == null) shell.begin(Route.Pull)
    }

    private fun first(): PermissionStep? = missing(shell).firstOrNull { it.permission !in put.value }

    companion object {
        fun missing(shell: Shell): List<PermissionStep> =
            shell.client.screens().permissions(shell.phone.permissions.granted().toList())

        /** Where one goes after the sign-in. */
        fun next(shell: Shell): Route = if (missing(shell).isEmpty()) Route.Pull else Route.Permissions
    }
}
