package firebee.app

import android.content.ComponentName
import android.content.Intent
import android.provider.Settings

/** The pages where a maker's phones hide that an app may run on, by a part of the maker's word: the newer ones first. */
private val PAGES = listOf(
    listOf("xiaomi", "redmi", "poco") to listOf("com.miui.securitycenter/com.miui.permcenter.autostart.AutoStartManagementActivity"),
    listOf("honor") to listOf(
        "com.hihonor.systemmanager/com.hihonor.systemmanager.startupmgr.ui.StartupNormalAppListActivity",
        "com.huawei.systemmanager/com.huawei.systemmanager.startupmgr.ui.StartupNormalAppListActivity",
    ),
    listOf("huawei") to listOf(
        "com.huawei.systemmanager/com.huawei.systemmanager.startupmgr.ui.StartupNormalAppListActivity",
        "com.huawei.systemmanager/com.huawei.systemmanager.appcontrol.activity.StartupAppControlActivity",
        "com.huawei.systemmanager/com.huawei.systemmanager.optimize.process.ProtectActivity",
    ),
    listOf("oppo", "realme", "oneplus") to listOf(
        "com.oplus.safecenter/com.oplus.safecenter.startupapp.view.StartupAppListActivity",
        "com.coloros.safecenter/com.coloros.safecenter.startupapp.StartupAppListActivity",
        "com.coloros.safecenter/com.coloros.safecenter.permission.startup.StartupAppListActivity",
        "com.oneplus.security/com.oneplus.security.chainlaunch.view.ChainLaunchAppListActivity",
    ),
    listOf("vivo", "iqoo") to listOf(
        "com.vivo.permissionmanager/com.vivo.permissionmanager.activity.BgStartUpManagerActivity",
        "com.iqoo.secure/com.iqoo.secure.ui.phoneoptimize.BgStartUpManager",
    ),
    listOf("samsung") to listOf("com.samsung.android.lool/com.samsung.android.sm.battery.ui.BatteryActivity"),
)

/** What to try on a phone of this maker, one after the other; last what every phone has. */
internal fun batteryPages(maker: String): List<Intent> {
    val own = PAGES.firstOrNull { (makers) -> makers.any { maker.contains(it, ignoreCase = true) } }?.second.orEmpty()
    return own.map { Intent().setComponent(ComponentName.unflattenFromString(it)) } +
        Intent(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS)
}
