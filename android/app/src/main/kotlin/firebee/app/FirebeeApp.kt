package firebee.app

import android.app.Application
import android.os.Build
import firebee.Device
import firebee.Words
import firebee.logic.Home
import firebee.logic.Phone
import firebee.logic.languageOf
import firebee.words
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob

/** The parts of the app, put together once. */
class FirebeeApp : Application() {
    val scope: CoroutineScope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    val viewfinder: Viewfinder by lazy { Viewfinder(this) }
    val permissions: PhonePermissions by lazy { PhonePermissions(this) }
    val files: PhoneFiles by lazy { PhoneFiles(this) }
    val notices: PhoneNotices by lazy { PhoneNotices(this) }

    val phone: Phone by lazy {
        Phone(
            lens = viewfinder,
            permissions = permissions,
            files = files,
            locator = ServiceLocator(this),
            preferences = PhonePreferences(this),
            notices = notices,
            maker = Build.MANUFACTURER,
            version = BuildConfig.VERSION_NAME,
            chinese = resources.configuration.locales[0].language == "zh",
        )
    }

    val home: Home by lazy {
        val device = Device(Build.MODEL, "Android ${Build.VERSION.RELEASE}", BuildConfig.VERSION_NAME)
        Home(noBackupFilesDir.resolve("account").path, device, phone, PhoneKeys(), PhoneClock(this), scope)
    }

    /** The words before a client is open, and for notifications. */
    val spoken: Words get() = words(languageOf(phone))

    override fun onCreate() {
        super.onCreate()
        firebee.uniffiEnsureInitialized()
        SyncJob.schedule(this)
        RemindJob.schedule(this)
        NetworkWatch(this, home, scope).begin()
        home.open()
    }
}
