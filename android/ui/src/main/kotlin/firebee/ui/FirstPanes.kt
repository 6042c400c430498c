package firebee.ui

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import firebee.logic.PermissionsModel
import firebee.logic.PullModel
import firebee.logic.Shell
import firebee.logic.SignInModel

@Composable
fun SignInPane(shell: Shell, model: SignInModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.load() }
    val asked = view.newPassword
    Frame(shell, words.signIn, model.calls, main = {
        val label = if (asked == null) words.signIn else words.changePassword
        Main(label, "sign-in", view.ready && !busy) { model.signIn() }
    }) {
        item { Small(words.signInNote) }
        item { Field(words.login, view.login, "login", Kind.ADDRESS, change = model::login) }
        item { Field(words.password, view.password, "password", Kind.PASSWORD, change = model::password) }
        if (asked != null) {
            item { Note(words.newPasswordNote) }
            item { Field(words.newPassword, asked, "new-password", Kind.PASSWORD, change = model::newPassword) }
        }
        if (busy) item { LinearProgressIndicator(Modifier.fillMaxWidth()) }
    }
}

@Composable
fun PermissionsPane(shell: Shell, model: PermissionsModel) {
    val words = LocalWords.current
    val step by model.view.collectAsState()
    LaunchedEffect(words) { model.refresh() }
    val now = step ?: return
    Frame(shell, words.permissions, main = {
        Main(words.allow, "allow") { model.allow() }
        Other(words.notNow, "not-now") { model.notNow() }
    }) {
        item { Heading(now.title) }
        item { Plain(now.why) }
        item { Note(now.without) }
    }
}

@Composable
fun PullPane(shell: Shell, model: PullModel) {
    val words = LocalWords.current
    val step by model.view.collectAsState()
    val told by model.calls.told.collectAsState()
    LaunchedEffect(model) { model.pull() }
    Frame(shell, words.pull, model.calls, main = if (told == null) null else ({ Main(words.again, "again") { model.pull() } })) {
        item { Small(words.pullNote) }
        item {
            val total = step?.total
            val done = step?.done
            if (total == null || done == null || total == 0) {
                LinearProgressIndicator(Modifier.fillMaxWidth())
            } else {
                LinearProgressIndicator({ done.toFloat() / total }, Modifier.fillMaxWidth(), drawStopIndicator = {})
            }
        }
        step?.let { item { Plain(it.text) } }
    }
}

/** Where the server is: asked once, before there is anything to sign in to. */
@Composable
fun ServerPane(chosen: (String) -> Unit) {
    val words = LocalWords.current
    var typed by rememberSaveable { mutableStateOf("") }
    Bare(words.server, main = { Main(words.goOn, "server-chosen", typed.isNotBlank()) { chosen(typed) } }) {
        item { Field(words.server, typed, "server", Kind.ADDRESS, hint = words.serverNote) { typed = it } }
    }
}
