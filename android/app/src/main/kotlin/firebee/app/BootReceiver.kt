package firebee.app

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent

/**
 * After a restart or an update the job is there again. The track is not: Android lets no app begin to listen to the
 * satellites from here. The hole says why, and the app goes on when it is opened.
 */
class BootReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action in HEARD) SyncJob.schedule(context)
    }

    private companion object {
        val HEARD = setOf(Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_MY_PACKAGE_REPLACED)
    }
}
