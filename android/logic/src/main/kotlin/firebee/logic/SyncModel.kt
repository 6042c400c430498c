package firebee.logic

import firebee.Allowance
import firebee.SyncScreen
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The way of everything that was recorded. */
class SyncModel(shell: Shell) : Reader<SyncScreen>(shell) {
    private val written = MutableStateFlow<String?>(null)

    /** The path of an export file that was written. */
    val exported: StateFlow<String?> = written.asStateFlow()

    override suspend fun read(): SyncScreen = shell.client.screens().sync()

    fun sendNow(): Unit = calls.act { shell.client.sync().now() }

    fun export(): Unit = calls.act {
        val path = shell.phone.files.exportPath()
        shell.client.sync().export(path)
        written.value = path
        shell.phone.files.share(path)
    }

    fun allow(pictures: Allowance): Unit = calls.act {
        shell.client.sync().allow(pictures)
        refresh()
    }

    /** Erases what a phone keeps that lost its account; the core wants a client of its own afterwards. */
    fun wipe(): Unit = calls.act {
        shell.client.session().wipe()
        shell.reopen()
    }

    /** The core wants a client of its own afterwards. */
    fun renew(): Unit = calls.act {
        shell.client.session().renew()
        shell.reopen()
    }
}
