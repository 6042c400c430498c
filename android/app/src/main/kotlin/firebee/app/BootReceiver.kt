package firebee.app

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import firebee.logic.Door
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull

/**
 * After a restart or an update the jobs are there again, and so is the track of a task that ran: for a moment Android lets the
 * app begin to listen although nobody sees it, if it may locate always.
 */
class BootReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action !in HEARD) return
        SyncJob.schedule(context)
        RemindJob.schedule(context)
        val app = context.applicationContext as FirebeeApp
        val moment: PendingResult? = goAsync()
        app.home.open()
        app.scope.launch {
            // The client listens again as it opens; the process stays for that long.
            withTimeoutOrNull(MOMENT_MS) { app.home.door.first { it !is Door.Opening } }
            moment?.finish()
        }
    }

    private companion object {
        val HEARD = setOf(Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_MY_PACKAGE_REPLACED)

        /** Android waits ten seconds for a receiver. */
        const val MOMENT_MS = 8_000L
    }
}
