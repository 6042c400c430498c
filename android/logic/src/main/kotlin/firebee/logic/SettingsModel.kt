package firebee.logic

import firebee.Allowance
import firebee.Me
import firebee.PermissionStep
import firebee.PictureRules
import firebee.batteryGuide
import kotlinx.coroutines.launch

/** What the settings show: the account, what is not allowed yet, the guide to this maker's phones, how pictures travel. */
data class SettingsView(
    val me: Me,
    val missing: List<PermissionStep>,
    val guide: List<String>,
    val tongue: Tongue,
    val pictures: PictureRules,
)

class SettingsModel(shell: Shell) : Reader<SettingsView>(shell) {
    override suspend fun read(): SettingsView = SettingsView(
        me = shell.client.screens().me(),
        missing = PermissionsModel.missing(shell),
        guide = batteryGuide(shell.phone.maker, shell.language),
        tongue = shell.phone.preferences.tongue,
        pictures = shell.client.screens().sync().pictures,
    )

    fun ask(step: PermissionStep) {
        shell.scope.launch {
            shell.phone.permissions.ask(step.permission)
            refresh()
        }
    }

    fun speak(tongue: Tongue): Unit = shell.speak(tongue)

    fun paint(theme: Theme): Unit = shell.paint(theme)

    fun allowScreenshots(allowed: Boolean): Unit = shell.allowScreenshots(allowed)

    fun allow(pictures: Allowance): Unit = calls.act {
        shell.client.sync().allow(pictures)
        refresh()
    }

    fun signOut(): Unit = calls.act {
        shell.client.session().signOut()
        shell.phone.notices.clear()
        shell.begin(Route.SignIn)
    }

    /** The core wants a client of its own afterwards. */
    fun wipe(): Unit = calls.act {
        shell.client.session().wipe()
        shell.phone.notices.clear()
        shell.reopen()
    }
}
