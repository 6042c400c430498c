package firebee.ui

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.logic.MovingModel
import firebee.logic.Shell

@Composable
fun MovingPane(shell: Shell, model: MovingModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.refresh() }
    val screen = view
    Frame(shell, words.wrongPlace, model.calls) {
        if (screen == null) return@Frame
        item { Plain(screen.what) }
        if (screen.targets.isEmpty()) item { Small(words.nothing) }
        items(screen.targets) { target ->
            Card {
                Plain(target.name)
                Small(listOfNotNull(target.facility, target.position, target.taskName.takeIf { !target.here }).joinToString(" · "))
                Deed(screen.act, words.moveHere, "move", busy) { model.move(target) }
            }
        }
    }
}
