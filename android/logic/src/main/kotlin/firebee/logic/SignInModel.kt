package firebee.logic

import firebee.ClientException
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** What is typed into the first screen. */
data class SignIn(
    val login: String = "",
    val password: String = "",
    /** Nothing until the server asks for a password of the person's own. */
    val newPassword: String? = null,
) {
    val ready: Boolean get() = login.isNotBlank() && password.isNotEmpty() && newPassword?.isEmpty() != true
}

/** Signs in, and asks for another password where the first sign-in wants one. The passwords stay in this screen. */
class SignInModel(private val shell: Shell) {
    private val typed = MutableStateFlow(SignIn())

    val calls: Calls = Calls(shell.scope)
    val view: StateFlow<SignIn> = typed.asStateFlow()

    /** Fills in who was signed in last. */
    suspend fun load(): Unit = calls.caught {
        val known = shell.client.screens().me().login
        if (known != null) typed.update { if (it.login.isEmpty()) it.copy(login = known) else it }
    }

    fun login(text: String): Unit = typed.update { it.copy(login = text, newPassword = null) }

    fun password(text: String): Unit = typed.update { it.copy(password = text) }

    fun newPassword(text: String): Unit = typed.update { it.copy(newPassword = text) }

    fun signIn(): Unit = calls.act {
        val now = typed.value
        val session = shell.client.session()
        if (now.newPassword != null) {
            session.changePassword(now.password, now.newPassword)
            typed.update { it.copy(password = now.newPassword, newPassword = null) }
        }
        try {
            session.signIn(now.login.trim(), typed.value.password)
        } catch (refusal: ClientException.Failed) {
            if (refusal.code == ASKS_FOR_ANOTHER) typed.update { it.copy(newPassword = "") }
            throw refusal
        }
        shell.begin(PermissionsModel.next(shell))
    }

    private companion object {
        /** The code after which the app asks for a new password. */
        const val ASKS_FOR_ANOTHER = "password_change_required"
    }
}
