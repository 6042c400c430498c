package firebee.app

import android.Manifest
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.app.Service
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.content.pm.PackageManager
import android.content.pm.ServiceInfo
import android.location.Location
import android.location.LocationListener
import android.location.LocationManager
import android.os.Build
import android.os.Bundle
import android.os.IBinder
import android.os.Looper
import android.os.PowerManager
import android.os.SystemClock
import firebee.Cause
import firebee.Fix
import firebee.FixProvider
import firebee.TrackScreen
import firebee.logic.Door
import firebee.logic.Heard
import firebee.logic.Locator
import firebee.logic.Route
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch

/** Starts and ends the service, and hands on what it hears. */
class ServiceLocator(private val context: Context) : Locator {
    override fun begin(hear: (Heard) -> Unit) {
        TrackService.hear = hear
        // Without the permission Android would end the app for such a service.
        if (!TrackService.mayListen(context)) return hear(silent(Cause.PERMISSION_MISSING))
        try {
            context.startForegroundService(Intent(context, TrackService::class.java))
        } catch (_: IllegalStateException) {
            // Android lets no service begin while nobody sees the app. The activity begins it again; the core knows of the hole.
        }
    }

    override fun end() {
        TrackService.hear = null
        context.stopService(Intent(context, TrackService::class.java))
    }
}

/** A silence for this reason, as of now. */
private fun silent(cause: Cause) = Heard.Silent(cause, SystemClock.elapsedRealtime())

/** Listens to the satellites while a task runs. The core judges what it hears. */
class TrackService : Service(), LocationListener {
    private val places by lazy { getSystemService(LocationManager::class.java) }

    private val app get() = application as FirebeeApp
    private var begun = false
    private var shown: Job? = null
    private var dated = false

    private val saver = object : BroadcastReceiver() {
        override fun onReceive(context: Context, intent: Intent) = heedSaver()
    }

    override fun onBind(intent: Intent?): IBinder? = null

    override fun onStartCommand(intent: Intent?, flags: Int, startId: Int): Int {
        if (!mayListen(this)) return stays(Cause.PERMISSION_MISSING)
        val first = !begun
        begun = true
        try {
            show(null)
        } catch (_: SecurityException) {
            return stays(Cause.PERMISSION_MISSING)
        } catch (_: IllegalStateException) {
            // The system began it anew while nobody sees the app, and does not let it stay.
            return stays(Cause.KILLED)
        }
        if (first) listen()
        tell()
        return START_STICKY
    }

    override fun onDestroy() {
        shown?.cancel()
        places.removeUpdates(this)
        runCatching { unregisterReceiver(saver) }
        super.onDestroy()
    }

    override fun onLocationChanged(location: Location) {
        // The time of a place that an app invents is invented as well.
        if (!invented(location)) PhoneClock.heard(location)
        hear?.invoke(Heard.Fixes(listOf(fix(location))))
        // The core has the first of them a moment later.
        if (!dated) tell()
    }

    override fun onProviderDisabled(provider: String) = say(Cause.LOCATION_OFF)

    override fun onProviderEnabled(provider: String) = Unit

    /** Android before 10 calls it, and ends an app that lacks it. */
    @Suppress("OVERRIDE_DEPRECATION")
    override fun onStatusChanged(provider: String?, status: Int, extras: Bundle?) = Unit

    private fun stays(silent: Cause): Int {
        say(silent)
        stopSelf()
        return START_NOT_STICKY
    }

    private fun listen() {
        registerReceiver(saver, IntentFilter(PowerManager.ACTION_POWER_SAVE_MODE_CHANGED))
        heedSaver()
        if (!places.isProviderEnabled(LocationManager.GPS_PROVIDER)) say(Cause.LOCATION_OFF)
        try {
            places.requestLocationUpdates(LocationManager.GPS_PROVIDER, EVERY_MS, 0f, this, Looper.getMainLooper())
        } catch (_: SecurityException) {
            say(Cause.PERMISSION_MISSING)
            stopSelf()
        }
    }

    private fun say(cause: Cause) {
        hear?.invoke(silent(cause))
    }

    private fun heedSaver() {
        val power = getSystemService(PowerManager::class.java)
        if (power.isPowerSaveMode && power.locationPowerSaveMode != PowerManager.LOCATION_MODE_NO_CHANGE) say(Cause.BATTERY_SAVER)
    }

    /** Tells in the notification which task is recorded, and since when. */
    private fun tell() {
        shown?.cancel()
        shown = app.scope.launch(Dispatchers.Main) {
            val shell = (app.home.door.first { it is Door.Open } as Door.Open).shell
            runCatching { shell.client.screens().track() }.getOrNull()?.let(::show)
        }
    }

    private fun show(track: TrackScreen?) {
        val words = app.spoken
        val board = getSystemService(NotificationManager::class.java)
        board.createNotificationChannel(NotificationChannel(CHANNEL, words.track, NotificationManager.IMPORTANCE_LOW))
        val link = Address.link(this, track?.let { Route.Task(it.task) } ?: Route.Track)
        val since = track?.since?.at
        dated = since != null
        val shown = Notification.Builder(this, CHANNEL)
            .setSmallIcon(android.R.drawable.ic_menu_mylocation)
            .setContentTitle(words.trackNotification)
            .setContentText(listOfNotNull(track?.taskName, track?.since?.let { "${words.trackSince} ${it.text}" }).joinToString(" · "))
            .setWhen(since?.toEpochMilli() ?: 0)
            .setShowWhen(since != null)
            .setContentIntent(PendingIntent.getActivity(this, 0, link, PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT))
            .setOngoing(true)
            .build()
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
            startForeground(NUMBER, shown, ServiceInfo.FOREGROUND_SERVICE_TYPE_LOCATION)
        } else {
            startForeground(NUMBER, shown)
        }
    }

    private fun fix(location: Location): Fix {
        val accuracy = if (location.hasAccuracy()) location.accuracy else null
        val provider = when (location.provider) {
            LocationManager.GPS_PROVIDER -> FixProvider.GNSS
            LocationManager.NETWORK_PROVIDER -> FixProvider.NETWORK
            LocationManager.FUSED_PROVIDER -> FixProvider.FUSED
            else -> FixProvider.OTHER
        }
        return Fix(location.elapsedRealtimeNanos / 1_000_000, location.latitude, location.longitude, accuracy, provider, invented(location))
    }

    @Suppress("DEPRECATION")
    private fun invented(location: Location) =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) location.isMock else location.isFromMockProvider

    companion object {
        private const val CHANNEL = "track"
        private const val NUMBER = 1

        /** The core thins the fixes out; the satellites are asked this often. */
        private const val EVERY_MS = 5_000L

        @Volatile
        internal var hear: ((Heard) -> Unit)? = null

        internal fun mayListen(context: Context) =
            context.checkSelfPermission(Manifest.permission.ACCESS_FINE_LOCATION) == PackageManager.PERMISSION_GRANTED
    }
}
