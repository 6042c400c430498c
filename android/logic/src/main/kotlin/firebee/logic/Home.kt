package firebee.logic

import firebee.Client
import firebee.ClientException
import firebee.ClientSettings
import firebee.Device
import firebee.DeviceClock
import firebee.KeyStore
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.plus

/** How far the app is before its first screen. */
sealed interface Door {
    /** Nobody has said yet where the server is. */
    data object Server : Door

    data object Opening : Door

    data class Refused(val told: Told) : Door

    data class Open(val shell: Shell) : Door
}

/** Opens the client of this phone, and another one where the core asks for it. */
class Home(
    private val folder: String,
    private val device: Device,
    private val phone: Phone,
    private val keys: KeyStore,
    private val clock: DeviceClock,
    private val scope: CoroutineScope,
) {
    private val where = MutableStateFlow<Door>(Door.Opening)
    private var opening: Job? = null

    val door: StateFlow<Door> = where.asStateFlow()

    /** Safe to repeat: what is open stays open. */
    fun open() {
        if (where.value is Door.Open || opening?.isActive == true) return
        val server = phone.preferences.server
        if (server.isNullOrBlank()) {
            where.value = Door.Server
            return
        }
        where.value = Door.Opening
        opening = scope.launch {
            where.value = try {
                val settings = ClientSettings(folder, server, device, languageOf(phone))
                Door.Open(entered(Client.open(settings, keys, clock)))
            } catch (refusal: ClientException) {
                Door.Refused(refusal.told())
            }
        }
    }

    fun server(url: String) {
        phone.preferences.server = url.trim().trimEnd('/')
        open()
    }

    /** Before the phone takes the app's time away. */
    suspend fun suspendClient() {
        (where.value as? Door.Open)?.let { runCatching { it.shell.client.suspend() } }
    }

    suspend fun resumeClient() {
        (where.value as? Door.Open)?.shell?.client?.resume()
    }

    private suspend fun entered(client: Client): Shell {
        val life = scope + SupervisorJob(scope.coroutineContext[Job])
        val shell = Shell(client, life, phone) { again(client, life) }
        if (client.screens().me().person != null) {
            client.sync().start()
            shell.tracker.resume()
            shell.begin(Route.Today)
        }
        return shell
    }

    private fun again(client: Client, life: CoroutineScope) {
        where.value = Door.Opening
        life.cancel()
        client.close()
        open()
    }
}
