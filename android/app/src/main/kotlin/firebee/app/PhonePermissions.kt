package firebee.app

import android.Manifest
import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import android.os.Build
import android.os.PowerManager
import android.provider.Settings
import firebee.Permission
import firebee.logic.Permissions
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/** Asks the phone. Where the phone shows no question any more, its settings are opened. */
class PhonePermissions(private val context: Context) : Permissions {
    private val one = Mutex()
    private var activity: Activity? = null
    private var question: (Array<String>) -> Unit = {}
    private var settings: (Intent) -> Unit = {}
    private var answer: CompletableDeferred<Unit>? = null

    fun attach(activity: Activity, question: (Array<String>) -> Unit, settings: (Intent) -> Unit) {
        this.activity = activity
        this.question = question
        this.settings = settings
    }

    fun detach(activity: Activity) {
        if (this.activity === activity) this.activity = null
        answered()
    }

    fun answered() {
        answer?.complete(Unit)
    }

    override fun granted(): Set<Permission> = Permission.entries.filter(::has).toSet()

    override suspend fun ask(permission: Permission): Boolean = one.withLock {
        withContext(Dispatchers.Main) {
            when (permission) {
                // Android asks for the place in two steps: while the app is seen, then always.
                Permission.LOCATION_ALWAYS -> {
                    put(arrayOf(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION))
                    val always = Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q && has(Manifest.permission.ACCESS_FINE_LOCATION)
                    if (always) put(arrayOf(Manifest.permission.ACCESS_BACKGROUND_LOCATION))
                }
                Permission.CAMERA -> put(arrayOf(Manifest.permission.CAMERA))
                Permission.NOTIFICATIONS ->
                    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) put(arrayOf(Manifest.permission.POST_NOTIFICATIONS))
                Permission.BATTERY -> visit(
                    Intent(Settings.ACTION_REQUEST_IGNORE_BATTERY_OPTIMIZATIONS, Uri.parse("package:${context.packageName}")),
                )
            }
            if (!has(permission) && asksNoMore(permission)) visit(ownSettings())
        }
        has(permission)
    }

    override fun openSettings() {
        context.startActivity(ownSettings().addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    override fun openBattery() {
        for (page in batteryPages(Build.MANUFACTURER) + ownSettings()) {
            try {
                return context.startActivity(page.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
            } catch (_: ActivityNotFoundException) {
                continue
            } catch (_: SecurityException) {
                continue
            }
        }
    }

    /** Whether the phone shows no question any more: after a first no it would still show one, with a reason. */
    private fun asksNoMore(permission: Permission): Boolean {
        val name = when (permission) {
            Permission.LOCATION_ALWAYS -> Manifest.permission.ACCESS_FINE_LOCATION
            Permission.CAMERA -> Manifest.permission.CAMERA
            Permission.NOTIFICATIONS -> Manifest.permission.POST_NOTIFICATIONS
            Permission.BATTERY -> return false
        }
        return activity?.shouldShowRequestPermissionRationale(name) == false
    }

    private suspend fun put(names: Array<String>) = wait { question(names) }

    private suspend fun visit(screen: Intent) = wait {
        try {
            settings(screen)
        } catch (_: ActivityNotFoundException) {
            answered()
        }
    }

    private suspend fun wait(begin: () -> Unit) {
        if (activity == null) return
        val waiting = CompletableDeferred<Unit>()
        answer = waiting
        begin()
        waiting.await()
    }

    private fun ownSettings() =
        Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.parse("package:${context.packageName}"))

    private fun has(permission: Permission): Boolean = when (permission) {
        Permission.LOCATION_ALWAYS -> has(Manifest.permission.ACCESS_FINE_LOCATION) &&
            (Build.VERSION.SDK_INT < Build.VERSION_CODES.Q || has(Manifest.permission.ACCESS_BACKGROUND_LOCATION))
        Permission.CAMERA -> has(Manifest.permission.CAMERA)
        Permission.NOTIFICATIONS ->
            Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU || has(Manifest.permission.POST_NOTIFICATIONS)
        Permission.BATTERY ->
            context.getSystemService(PowerManager::class.java).isIgnoringBatteryOptimizations(context.packageName)
    }

    private fun has(name: String) = context.checkSelfPermission(name) == PackageManager.PERMISSION_GRANTED
}
