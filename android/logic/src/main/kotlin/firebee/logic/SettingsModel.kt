package firebee.logic

import firebee.Me
import firebee.PermissionStep
import firebee.batteryGuide
import kotlinx.coroutines.launch

/** What the settings show: the account, what is not allowed yet, the guide to this maker's phones. */
data class SettingsView(val me: Me, val missing: List<PermissionStep>, val guide: List<String>, val tongue: Tongue)

class SettingsModel(shell: Shell) : Reader<SettingsView>(shell) {
    override suspend fun read(): SettingsView = SettingsView(
        me = shell.client.screens().me(),
        missing = PermissionsModel.missing(shell),
        guide = batteryGuide(shell.phone.maker, shell.language),
        tongue = shell.phone.preferences.tongue,
    )

    fun ask(step: PermissionStep) {
        shell.scope.launch {
            shell.phone.permissions.ask(step.permission)
            refresh()
        }
    }

    fun speak(tongue: Tongue): Unit = shell.speak(tongue)

    fun paint(theme: Theme): Unit = shell.paint(theme)

    fun signOut(): Unit = calls.act {
        shell.client.session().signOut()
        shell.begin(Route.SignIn)
    }

    /** The core wants a client of its own afterwards. */
    fun wipe(): Unit = calls.act {
        shell.client.session().wipe()
        shell.reopen()
    }
}
