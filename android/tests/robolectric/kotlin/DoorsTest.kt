package firebee.robolectric

import android.Manifest
import android.app.Application
import android.content.ComponentName
import android.content.Intent
import android.content.pm.ApplicationInfo
import android.net.Uri
import android.provider.Settings
import firebee.Permission
import firebee.app.MainActivity
import firebee.app.R
import firebee.logic.Route
import firebee.logic.SyncModel
import java.io.File
import java.io.FileNotFoundException
import java.time.Duration
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowBuild
import org.xmlpull.v1.XmlPullParser

/** What leads into the app and out of it: links, permissions, the maker's pages, the export file, backups. */
@RunWith(RobolectricTestRunner::class)
class DoorsTest {
    @get:Rule val phone = Handset()

    @Test
    fun `a notification leads to its task`() {
        phone.allowPlace()
        phone.signIn()
        val task = phone.start()
        val service = phone.service()
        phone.walk(1)
        phone.shell.begin(Route.Today)
        val link = { shadowOf(shadowOf(service.get()).lastForegroundNotification.contentIntent).savedIntent }
        phone.until("the notification knows its task") { link().dataString == "firebee:task/$task" }
        assertEquals(MainActivity::class.java.name, link().component?.className)
        shows(open(link()), Route.Today, Route.Task(task))
    }

    @Test
    fun `a link leads to a dispatch, also into an app that is open`() {
        phone.signIn()
        val app = open(Intent())
        app.newIntent(link("dispatch/$ID"))
        shows(app, Route.Today, Route.Dispatch(checkNotNull(firebee.DispatchId.of(ID))))
    }

    @Test
    fun `a link that was followed before the sign-in waits for it`() {
        val app = open(link("track"))
        phone.signIn()
        shows(app, Route.Today, Route.Track)
    }

    @Test
    fun `a link that leads nowhere leaves the app as it was`() {
        phone.signIn()
        val app = open(Intent())
        for (nowhere in listOf("task/no-id", "item/$ID/$ID/0", "item/$ID", "camera/$ID", "", "../files")) app.newIntent(link(nowhere))
        phone.pass(Duration.ofSeconds(1))
        shows(app, Route.Today)
    }

    @Test
    fun `the place is asked for in two steps, and the settings open only where the phone asks no more`() {
        val activity = open(Intent()).get()
        val asked = ArrayList<String>()
        val settings = ArrayList<String?>()
        var yes = true
        // The person answers at once.
        phone.app.permissions.attach(activity, { names ->
            asked += names
            if (yes) phone.allow(*names)
            phone.app.permissions.answered()
        }, { screen ->
            settings += screen.action
            phone.app.permissions.answered()
        })
        assertTrue(says(Permission.LOCATION_ALWAYS))
        val fine = listOf(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION)
        assertEquals(fine + Manifest.permission.ACCESS_BACKGROUND_LOCATION, asked)

        yes = false
        val questions = shadowOf(phone.app.packageManager)
        questions.setShouldShowRequestPermissionRationale(Manifest.permission.CAMERA, true)
        assertFalse(says(Permission.CAMERA))
        assertEquals("nobody is sent away after a first no", emptyList<String>(), settings)
        questions.setShouldShowRequestPermissionRationale(Manifest.permission.CAMERA, false)
        assertFalse(says(Permission.CAMERA))
        assertEquals(listOf(Settings.ACTION_APPLICATION_DETAILS_SETTINGS), settings)
    }

    @Test
    fun `files that a person chooses are copied, and one that its app keeps back is left out`() {
        val open = Uri.parse("content://elsewhere/paper.pdf")
        val closed = Uri.parse("content://elsewhere/closed.pdf")
        val held = shadowOf(phone.app.contentResolver)
        held.registerInputStream(open, "a paper".byteInputStream())
        held.registerInputStreamSupplier(closed) { throw SecurityException("not yours") }
        assertEquals("nobody shows a list", emptyList<String>(), picked())
        phone.app.files.attach { types ->
            assertTrue("application/pdf" in types)
            phone.app.files.chosen(listOf(open, closed))
        }
        val copy = File(picked().single())
        assertEquals("a paper", copy.readText())
        assertTrue("it lies with the app's own files", copy.startsWith(phone.app.cacheDir))
        phone.app.files.drop(copy.path)
        assertFalse(copy.exists())
        // The screen is gone before the answer comes.
        phone.app.files.attach { phone.app.files.detach() }
        assertEquals(emptyList<String>(), picked())
    }

    private fun picked(): List<String> {
        val picked = phone.app.scope.async { phone.app.files.pick() }
        phone.until("files are chosen") { picked.isCompleted }
        return runBlocking { picked.await() }
    }

    @Test
    fun `each maker's page opens, and what every phone has where it is missing`() {
        val known = shadowOf(phone.app.packageManager)
        shadowOf(phone.app as Application).checkActivities(true)
        known.addActivityIfNotPresent(ComponentName("android", "Details"))
        known.addIntentFilterForActivity(
            ComponentName("android", "Details"),
            android.content.IntentFilter(Settings.ACTION_APPLICATION_DETAILS_SETTINGS).apply {
                addDataScheme("package")
                addCategory(Intent.CATEGORY_DEFAULT)
            },
        )
        assertEquals("without a page for all apps", Settings.ACTION_APPLICATION_DETAILS_SETTINGS, battery("Xiaomi").action)
        known.addActivityIfNotPresent(ComponentName("android", "All"))
        known.addIntentFilterForActivity(
            ComponentName("android", "All"),
            android.content.IntentFilter(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS).apply { addCategory(Intent.CATEGORY_DEFAULT) },
        )
        for ((maker, page) in PAGES) {
            assertEquals(maker, Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS, battery(maker).action)
            val part = checkNotNull(ComponentName.unflattenFromString(page))
            known.addActivityIfNotPresent(part)
            assertEquals(maker, part, battery(maker).component)
            known.removeActivity(part)
        }
        assertEquals(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS, battery("Google").action)
    }

    @Test
    fun `the export file goes through the share sheet, and nothing else of the app can be read`() {
        phone.allowPlace()
        val shell = phone.signIn()
        runBlocking { shell.client.sync().stop() }
        phone.start()
        val model = SyncModel(shell)
        model.export()
        phone.until("the file is written") { !model.calls.busy.value }
        assertEquals(null, model.calls.told.value)
        val sheet = shadowOf(phone.app as Application).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, sheet.action)
        @Suppress("DEPRECATION")
        val send = checkNotNull(sheet.getParcelableExtra<Intent>(Intent.EXTRA_INTENT))
        assertEquals(Intent.ACTION_SEND, send.action)
        assertTrue(send.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
        @Suppress("DEPRECATION")
        val address = checkNotNull(send.getParcelableExtra<Uri>(Intent.EXTRA_STREAM))
        assertEquals("content://${phone.app.packageName}.files/export.firebee", "$address")
        val files = phone.app.contentResolver
        val read = checkNotNull(files.openInputStream(address)).use { it.readBytes() }
        assertTrue(read.contentEquals(File(checkNotNull(model.exported.value)).readBytes()) && read.isNotEmpty())
        assertThrows(FileNotFoundException::class.java) { files.openOutputStream(address, "w") }

        val secret = File(phone.app.cacheDir, "signature.png").apply { writeText("a signature") }
        for (way in listOf("..%2F${secret.name}", "%2E%2E/${secret.name}", secret.name, "")) {
            val other = Uri.parse("content://${phone.app.packageName}.files/$way")
            assertThrows(way, FileNotFoundException::class.java) { files.openInputStream(other) }
        }
        val provider = checkNotNull(phone.app.packageManager.resolveContentProvider("${phone.app.packageName}.files", 0))
        assertTrue(!provider.exported && provider.grantUriPermissions)
    }

    @Test
    fun `nothing of the account leaves by a backup or a move to another phone`() {
        assertEquals(0, phone.app.applicationInfo.flags and ApplicationInfo.FLAG_ALLOW_BACKUP)
        val kept = HashMap<String, MutableSet<String>>()
        phone.app.resources.getXml(R.xml.nothing_leaves).use { rules ->
            var way = ""
            while (rules.next() != XmlPullParser.END_DOCUMENT) {
                if (rules.eventType != XmlPullParser.START_TAG) continue
                when (rules.name) {
                    "cloud-backup", "device-transfer" -> way = rules.name
                    "exclude" -> {
                        assertEquals(".", rules.getAttributeValue(null, "path"))
                        kept.getOrPut(way) { HashSet() } += rules.getAttributeValue(null, "domain")
                    }
                    "include" -> error("something is let out")
                }
            }
        }
        assertEquals(setOf("cloud-backup", "device-transfer"), kept.keys)
        for (domains in kept.values) assertEquals(DOMAINS, domains)
        phone.app.home.server("http://127.0.0.1:1")
        phone.until("the store is there") { File(phone.app.noBackupFilesDir, "account").list()?.isNotEmpty() == true }
    }

    @Test
    fun `only the activity is open to other apps`() {
        val all = android.content.pm.PackageManager.GET_ACTIVITIES or android.content.pm.PackageManager.GET_SERVICES or
            android.content.pm.PackageManager.GET_RECEIVERS or android.content.pm.PackageManager.GET_PROVIDERS
        val held = phone.app.packageManager.getPackageInfo(phone.app.packageName, all)
        val ours = { name: String -> name.startsWith("firebee.") }
        val open = (held.activities.orEmpty().toList() + held.services.orEmpty() + held.receivers.orEmpty())
            .filter { it.exported && ours(it.name) }.map { it.name } +
            held.providers.orEmpty().filter { it.exported && ours(it.name) }.map { it.name }
        assertEquals(listOf(MainActivity::class.java.name), open)
    }

    private fun open(intent: Intent): ActivityController<MainActivity> =
        Robolectric.buildActivity(MainActivity::class.java, intent).setup()

    private fun link(to: String) = Intent(Intent.ACTION_VIEW, Uri.fromParts("firebee", to, null), phone.app, MainActivity::class.java)

    private fun shows(app: ActivityController<MainActivity>, vararg way: Route) {
        phone.until("the screens are ${way.toList()}") { phone.shell.way.value == way.toList() }
        app.pause().stop().destroy()
    }

    private fun says(permission: Permission): Boolean {
        val asked = phone.app.scope.async { phone.app.permissions.ask(permission) }
        phone.until("$permission is answered") { asked.isCompleted }
        return runBlocking { asked.await() }
    }

    /** The page that opens on a phone of this maker. */
    private fun battery(maker: String): Intent {
        ShadowBuild.setManufacturer(maker)
        phone.app.permissions.openBattery()
        return checkNotNull(shadowOf(phone.app as Application).nextStartedActivity)
    }

    private companion object {
        const val ID = "00000000-0000-4000-8000-000000000001"

        val DOMAINS = setOf(
            "root", "file", "database", "sharedpref", "external",
            "device_root", "device_file", "device_database", "device_sharedpref",
        )

        val PAGES = mapOf(
            "Xiaomi" to "com.miui.securitycenter/com.miui.permcenter.autostart.AutoStartManagementActivity",
            "HUAWEI" to "com.huawei.systemmanager/com.huawei.systemmanager.startupmgr.ui.StartupNormalAppListActivity",
            "HONOR" to "com.hihonor.systemmanager/com.hihonor.systemmanager.startupmgr.ui.StartupNormalAppListActivity",
            "OPPO" to "com.coloros.safecenter/com.coloros.safecenter.startupapp.StartupAppListActivity",
            "vivo" to "com.vivo.permissionmanager/com.vivo.permissionmanager.activity.BgStartUpManagerActivity",
            "samsung" to "com.samsung.android.lool/com.samsung.android.sm.battery.ui.BatteryActivity",
        )
    }
}
