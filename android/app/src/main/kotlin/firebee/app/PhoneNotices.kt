package firebee.app

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import firebee.Reminder
import firebee.logic.Notices
import firebee.logic.Route

/** Notifications of the phone itself: none comes over a network. The core says what they tell, and when. */
class PhoneNotices(private val app: FirebeeApp) : Notices {
    private val board by lazy { app.getSystemService(NotificationManager::class.java) }

    @Volatile
    override var seen: Boolean = false

    override fun post(reminder: Reminder, to: Route) {
        val channel = NotificationChannel(CHANNEL, app.spoken.reminders, NotificationManager.IMPORTANCE_DEFAULT)
        board.createNotificationChannel(channel)
        val tap = PendingIntent.getActivity(app, 0, Address.link(app, to), PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT)
        val shown = Notification.Builder(app, CHANNEL)
            .setSmallIcon(android.R.drawable.ic_dialog_info)
            .setContentTitle(reminder.title)
            .setContentText(reminder.text)
            .setStyle(Notification.BigTextStyle().bigText(reminder.text))
            // Whoever stands beside a locked phone reads no names.
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .setContentIntent(tap)
            .setAutoCancel(true)
            .build()
        board.notify(reminder.key, NUMBER, shown)
    }

    override fun takeDown(key: String) = board.cancel(key, NUMBER)

    override fun clear() = board.activeNotifications.filter { it.id == NUMBER }.forEach { board.cancel(it.tag, NUMBER) }

    private companion object {
        const val CHANNEL = "reminders"
        const val NUMBER = 2
    }
}
