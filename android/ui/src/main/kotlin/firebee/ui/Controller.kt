package firebee.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.TaskScreen
import firebee.Words
import firebee.logic.TaskModel

/** So many makers are shown; the others are found by typing. */
private const val MAKERS_MAX = 6

/** The controller on site: those of the project and the makers that the typed words find, or none. */
@Composable
internal fun Controller(task: TaskScreen, model: TaskModel, busy: Boolean, words: Words) {
    val choice = task.controller ?: return
    val found by model.makers.collectAsState()
    val brand = model.brand.said("brand")
    val listed = (if (brand.isBlank()) choice.known + choice.listed.map { it.label } else found.map { it.label }).distinct()
    Together {
        choice.chosen?.let { Fact(words.controllerBrand, it) }
        Field(words.controllerBrand, brand, "brand") {
            model.brand.put("brand", it)
            model.findMaker(it)
        }
        Other(words.add, "keep-brand", brand.isNotBlank() && !busy) { model.controller(brand) }
        listed.filter { it != choice.chosen }.take(MAKERS_MAX).forEach {
            Picked(false, "known=$it", { model.controller(it) }) { Plain(it) }
        }
        Picked(choice.none, "no-controller", { model.controller(null) }) { Plain(words.controllerNone) }
        Other("${words.controller} · ${words.takePhoto}", "panel") { model.panel() }
    }
}

/** How a task is given to somebody else, or up. */
@Composable
internal fun Leaving(task: TaskScreen, model: TaskModel, busy: Boolean, words: Words) {
    val reason = model.leaving.said("reason")
    val chosen = model.leaving.said("to")
    val to = task.receivers.map { it.account }.firstOrNull { "$it" == chosen }
    Together {
        if (task.handOver.allowed) Heading(words.handOverTo)
        task.receivers.forEach { row -> Picked(row.account == to, "receiver=${row.name}", { model.leaving.put("to", "${row.account}") }) { Plain(row.name) } }
        TypedField(words.reason, model.leaving, "reason", "leaving-reason")
        Deed(task.handOver, words.handOver, "hand-over", busy, ready = to != null) { to?.let { model.handOver(it, reason) } }
        Deed(task.discard, words.discard, "discard", busy) { model.discard(reason) }
    }
}
