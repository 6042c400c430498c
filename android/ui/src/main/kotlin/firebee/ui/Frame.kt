package firebee.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import firebee.Tone
import firebee.logic.Calls
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.Told

/**
 * A screen: the way back and the title, the quiet line, what came in the way, the sections, and what is done at the thumb.
 * The roots have the bar that leads to one another.
 */
@Composable
fun Frame(
    shell: Shell,
    title: String,
    calls: Calls? = null,
    main: (@Composable ColumnScope.() -> Unit)? = null,
    content: LazyListScope.() -> Unit,
) {
    val way by shell.way.collectAsState()
    val quiet by shell.quiet.collectAsState()
    Bare(
        title,
        main,
        back = if (way.size > 1) ({ shell.back() }) else null,
        above = {
            quiet?.let { line -> Quietly(line.text, line.tone) { shell.go(Route.Sync) } }
            calls?.let { Refusal(it) }
        },
        below = { if (way.size == 1 && way.last() in Route.roots) Bar(shell, way.last()) },
        content = content,
    )
}

/** A screen without a client behind it. */
@Composable
fun Bare(
    title: String,
    main: (@Composable ColumnScope.() -> Unit)? = null,
    back: (() -> Unit)? = null,
    above: @Composable () -> Unit = {},
    below: @Composable () -> Unit = {},
    content: LazyListScope.() -> Unit,
) = Column(Modifier.fillMaxSize().background(LocalPalette.current.paper)) {
    Top(title, back)
    above()
    LazyColumn(
        Modifier.weight(1f).fillMaxWidth().testTag("list"),
        contentPadding = PaddingValues(horizontal = Space.step * 4, vertical = Space.step * 2),
        verticalArrangement = Arrangement.spacedBy(Space.step * 3),
        content = content,
    )
    if (main != null) {
        Line()
        Column(
            Modifier.fillMaxWidth().padding(horizontal = Space.step * 4, vertical = Space.step * 3),
            Arrangement.spacedBy(Space.step * 2),
            content = main,
        )
    }
    below()
}

@Composable
private fun Top(title: String, back: (() -> Unit)?) = Row(
    Modifier.fillMaxWidth().heightIn(Space.target + Space.step * 2)
        .padding(start = if (back == null) Space.step * 4 else Space.step, end = Space.step * 4),
    verticalAlignment = Alignment.CenterVertically,
) {
    if (back != null) {
        val word = LocalWords.current.back
        Box(
            Modifier.size(Space.target).clickable(role = Role.Button, onClick = back).testTag("back")
                .semantics { contentDescription = word },
            Alignment.Center,
        ) { Arrow(LocalPalette.current.ink) }
    }
    Text(
        title,
        Modifier.padding(vertical = Space.step * 2).semantics { heading() }.testTag("title"),
        style = MaterialTheme.typography.titleLarge,
    )
}

@Composable
private fun Quietly(text: String, tone: Tone, open: () -> Unit) = Row(
    Modifier.fillMaxWidth().clickable(role = Role.Button, onClick = open).testTag("quiet")
        .heightIn(Space.target).padding(horizontal = Space.step * 4),
    Arrangement.spacedBy(Space.step * 2),
    Alignment.CenterVertically,
) {
    Sign(tone.sign(), tone.ink())
    Small(text)
}

/** What came in the way: what happened, what to do, the code small below. */
@Composable
fun Refusal(calls: Calls) {
    val told by calls.told.collectAsState()
    told?.let { Failure(it) { calls.seen() } }
}

@Composable
fun Failure(told: Told, seen: () -> Unit) = Column(
    Modifier.fillMaxWidth().padding(horizontal = Space.step * 4, vertical = Space.step * 2)
        .background(Tone.NONCONFORM.tint(), corner).clickable(onClick = seen).padding(Space.step * 3).testTag("told"),
) {
    Text(told.text, color = Tone.NONCONFORM.ink(), style = MaterialTheme.typography.bodyMedium)
    Text(told.code, color = Tone.NONCONFORM.ink(), style = MaterialTheme.typography.labelSmall)
}

@Composable
private fun Bar(shell: Shell, here: Route) {
    val words = LocalWords.current
    val palette = LocalPalette.current
    Line()
    Row(Modifier.fillMaxWidth().background(palette.card)) {
        Route.roots.forEach { root ->
            val word = when (root) {
                Route.Projects -> words.projects
                Route.Search -> words.search
                Route.Sync -> words.sync
                Route.Settings -> words.settings
                else -> words.today
            }
            val seen = root == here
            Column(
                Modifier.weight(1f).heightIn(Space.target + Space.step * 2)
                    .clickable(role = Role.Tab) { shell.begin(root) }.testTag("bar-$root"),
                Arrangement.Center,
                Alignment.CenterHorizontally,
            ) {
                Box(Modifier.fillMaxWidth(0.5f).heightIn(Space.step).background(if (seen) palette.accent else palette.card, corner))
                Text(
                    word,
                    Modifier.padding(top = Space.step * 2),
                    color = if (seen) palette.ink else palette.soft,
                    style = MaterialTheme.typography.labelMedium,
                    textAlign = TextAlign.Center,
                    maxLines = 1,
                )
            }
        }
    }
}
