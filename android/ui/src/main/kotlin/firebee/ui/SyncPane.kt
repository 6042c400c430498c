package firebee.ui

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import firebee.Notice
import firebee.RecordLedger
import firebee.SyncScreen
import firebee.Tone
import firebee.Words
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.SyncModel

@Composable
fun SyncPane(shell: Shell, model: SyncModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val exported by model.exported.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val screen = view
    Frame(shell, words.sync, model.calls, main = {
        screen?.let { Deed(it.sendNow, words.sendNow, "send-now", busy, main = true) { model.sendNow() } }
    }) {
        if (screen == null) return@Frame
        if (screen.running) item { LinearProgressIndicator(Modifier.fillMaxWidth()) }
        trouble(screen, model, busy, words)
        items(screen.tasks, { "${it.task}" }) { way ->
            Card("way", { shell.go(Route.Task(way.task)) }) {
                Plain(way.name)
                State(way.state)
                Share(way.safe)
                Small(way.photos.text)
                way.waits.forEach { Small(it.text) }
            }
        }
        item { Heading(words.allRecords) }
        item { Sums(screen.whole, words) }
        item { Heading(words.pictures) }
        item { Allowances(screen.pictures, model::allow) }
        item { Heading(words.storage) }
        items(screen.storage) { Fact(it.what, it.text) }
        item { Small(screen.pictures.looksText) }
        item {
            Deed(screen.export, words.export, "export", busy) { model.export() }
            exported?.let { Small("${words.exported} $it") }
        }
    }
}

private fun LazyListScope.trouble(screen: SyncScreen, model: SyncModel, busy: Boolean, words: Words) {
    screen.lost?.let { lost ->
        item {
            Together {
                Said(lost.told, Tone.NONCONFORM)
                Share(lost.facts)
                Share(lost.files)
                Deed(lost.wipe, words.wipe, "wipe", busy) { model.wipe() }
            }
        }
    }
    screen.health?.let { item { Said(it, Tone.NONCONFORM) } }
    screen.renew?.let { item { Deed(it, words.renew, "renew", busy) { model.renew() } } }
    screen.lastError?.let { told ->
        item { Heading(words.lastError) }
        item { Said(told, Tone.WAITING) }
    }
    screen.nextTry?.let { item { Small("${words.nextTry} ${it.text}") } }
    if (screen.notCounted.isNotEmpty()) item { Heading(words.notCounted) }
    items(screen.notCounted) { Said(it, Tone.LATE) }
}

@Composable
private fun Said(told: Notice, tone: Tone) {
    Note(told.text, tone)
    Small(listOfNotNull(told.code, told.`when`?.text).joinToString(" · "))
}

/** Where all records are; the parts add up to the whole. */
@Composable
private fun Sums(ledger: RecordLedger, words: Words) = Card {
    Fact(words.recorded, "${ledger.recorded}")
    Line()
    val parts = listOf(
        words.toSend to ledger.toSend,
        words.sent to ledger.sent,
        words.stored to ledger.stored,
        words.safe to ledger.safe,
        words.notCounted to ledger.notCounted,
    )
    parts.forEach { (word, count) -> Small("$word $count") }
}
