package firebee.app

import android.content.Context
import firebee.logic.Preferences
import firebee.logic.Theme
import firebee.logic.Tongue

/** The choices of the person, in the app's own file. */
class PhonePreferences(context: Context) : Preferences {
    private val file = context.getSharedPreferences("choices", Context.MODE_PRIVATE)

    override var server: String?
        get() = file.getString("server", null)
        set(value) = file.edit().putString("server", value).apply()

    override var tongue: Tongue
        get() = Tongue.entries.firstOrNull { it.name == file.getString("tongue", null) } ?: Tongue.PHONE
        set(value) = file.edit().putString("tongue", value.name).apply()

    override var theme: Theme
        get() = Theme.entries.firstOrNull { it.name == file.getString("theme", null) } ?: Theme.PHONE
        set(value) = file.edit().putString("theme", value.name).apply()

    override var screenshots: Boolean
        get() = file.getBoolean("screenshots", false)
        set(value) = file.edit().putBoolean("screenshots", value).apply()
}
