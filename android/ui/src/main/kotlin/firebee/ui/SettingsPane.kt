package firebee.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.Words
import firebee.logic.SettingsModel
import firebee.logic.SettingsView
import firebee.logic.Shell
import firebee.logic.Theme
import firebee.logic.Tongue

/** What the languages call themselves. */
private const val CHINESE = "\u4e2d\u6587"
private const val ENGLISH = "English"

@Composable
fun SettingsPane(shell: Shell, model: SettingsModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val theme by shell.theme.collectAsState()
    val screenshots by shell.screenshots.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val seen = view
    Frame(shell, words.settings, model.calls) {
        if (seen == null) return@Frame
        account(seen, words)
        permissions(seen, model, words)
        item { Heading(words.battery) }
        items(seen.guide) { Plain(it) }
        item { Other(words.batteryOpen, "open-settings") { shell.phone.permissions.openBattery() } }
        item { Heading(words.language) }
        item {
            val tongues = listOf(Tongue.PHONE to words.themeSystem, Tongue.CHINESE to CHINESE, Tongue.ENGLISH to ENGLISH)
            Among(tongues, seen.tongue, "tongue", model::speak)
        }
        item { Heading(words.theme) }
        item {
            val themes = listOf(Theme.PHONE to words.themeSystem, Theme.LIGHT to words.themeLight, Theme.DARK to words.themeDark)
            Among(themes, theme, "theme", model::paint)
        }
        item { Heading(words.screenshots) }
        item { Ticked(screenshots, "screenshots", { model.allowScreenshots(!screenshots) }) { Plain(words.screenshotsAllow) } }
        item { Heading(words.pictures) }
        item { Allowances(seen.pictures, model::allow) }
        item { Heading(words.about) }
        item { Fact(words.version, shell.phone.version) }
        item { Fact(words.server, shell.phone.preferences.server.orEmpty()) }
        item { Deed(seen.me.signOut, words.signOut, "sign-out", busy) { model.signOut() } }
        item { Deed(seen.me.wipe, words.wipe, "wipe", busy) { model.wipe() } }
    }
}

private fun LazyListScope.account(seen: SettingsView, words: Words) = item {
    Card {
        Small(words.account)
        Plain(listOfNotNull(seen.me.person, seen.me.roleWord).joinToString(" · "))
        State(seen.me.state)
        seen.me.organisation?.let { Small("${words.organisation} $it") }
        seen.me.mayRecord.whyNot?.let { Note(it) }
    }
}

private fun LazyListScope.permissions(seen: SettingsView, model: SettingsModel, words: Words) {
    if (seen.missing.isEmpty()) return
    item { Heading(words.permissions) }
    items(seen.missing) { step ->
        Card {
            Plain(step.title)
            Small(step.why)
            Note(step.without)
            Other(words.allow, "allow-${step.permission}") { model.ask(step) }
        }
    }
}
