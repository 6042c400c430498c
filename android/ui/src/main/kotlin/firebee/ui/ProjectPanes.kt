package firebee.ui

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.platform.testTag
import firebee.Count
import firebee.FacilityRow
import firebee.LatLon
import firebee.MapView
import firebee.SystemRow
import firebee.logic.ProjectModel
import firebee.logic.ProjectsModel
import firebee.logic.Route
import firebee.logic.Shell
import firebee.logic.SupplementaryModel
import kotlin.math.cos
import kotlin.math.max

@Composable
fun ProjectsPane(shell: Shell, model: ProjectsModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val text by model.text.collectAsState()
    LaunchedEffect(model) { model.follow() }
    Frame(shell, words.projects, model.calls) {
        item { Field(words.search, text, "search", change = model::search) }
        val rows = view ?: return@Frame
        if (rows.rows.isEmpty()) item { Plain(words.nothing) }
        items(rows.rows, { "${it.project}" }) { row ->
            Card("project", { shell.go(Route.Project(row.project)) }) {
                Plain(row.name)
                States(row.state)
                Small(row.address)
                Small("${words.lead} ${row.lead}")
                Small(row.open)
            }
        }
        if (rows.more) item { Other(words.more, "more") { model.more() } }
    }
}

@Composable
fun ProjectPane(shell: Shell, model: ProjectModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val project = view
    Frame(shell, project?.name.orEmpty(), model.calls) {
        if (project == null) return@Frame
        item { States(project.state) }
        item { Fact(words.owner, project.owner) }
        item { Plain(project.address) }
        item { Fact(words.lead, project.lead) }
        item { Fact(words.period, project.period) }
        if (project.systems.isNotEmpty()) item { Heading(words.systems) }
        items(project.systems, { it.code }) { system -> SystemCard(shell, system) }
        project.map?.let { map ->
            item { Heading(words.map) }
            item { FenceMap(map) }
            item { Small(map.radiusText) }
        }
        item {
            Small(project.outsidePlan.meaning)
            Deed(project.outsidePlan.supplementary, words.supplementary, "supplementary", busy) {
                shell.go(Route.Supplementary(project.project))
            }
        }
        item { Deed(project.outsidePlan.mismatch, words.mismatch, "mismatch", busy) { model.startMismatch() } }
    }
}

@Composable
private fun SystemCard(shell: Shell, system: SystemRow) {
    var open by remember { mutableStateOf(false) }
    Card("system", { open = !open }) {
        Plain(system.name)
        Share(system.done)
        if (open) system.facilities.forEach { Facility(shell, it) }
    }
}

@Composable
private fun Facility(shell: Shell, facility: FacilityRow) {
    Line()
    Plain(facility.name)
    Small(facility.done.text)
    facility.items.forEach { row ->
        Card(open = row.task?.let { { shell.go(Route.Task(it)) } }) {
            IssuedText(row)
            State(row.state)
        }
    }
}

/** A count, as a bar and in words. */
@Composable
fun Share(count: Count) {
    val share = if (count.total == 0) 0f else count.done.toFloat() / count.total
    val palette = LocalPalette.current
    LinearProgressIndicator({ share }, Modifier.fillMaxWidth(), palette.conform, palette.line, drawStopIndicator = {})
    Small(count.text)
}

/** The fences and the own track, without a map below them: the phone may be without a network. */
@Composable
fun FenceMap(map: MapView) {
    val palette = LocalPalette.current
    val tones = map.track.map { it.tone.ink() }
    Canvas(Modifier.fillMaxWidth().aspectRatio(1.4f).testTag("map")) {
        val rings = listOf(map.fence) + map.further.map { it.ring }
        val all = rings.flatten() + map.track.flatMap { it.points }
        if (all.isEmpty()) return@Canvas
        val south = all.minOf { it.lat }
        val west = all.minOf { it.lon }
        // A degree of longitude is shorter than one of latitude.
        val narrow = cos(Math.toRadians(map.centre.lat))
        val high = max(all.maxOf { it.lat } - south, MIN_DEGREES)
        val wide = max((all.maxOf { it.lon } - west) * narrow, MIN_DEGREES)
        val scale = minOf(size.width / wide, size.height / high) * 0.9
        val left = (size.width - wide * scale) / 2
        val top = (size.height - high * scale) / 2
        fun at(place: LatLon) = Offset(
            (left + (place.lon - west) * narrow * scale).toFloat(),
            (size.height - top - (place.lat - south) * scale).toFloat(),
        )
        fun path(points: List<LatLon>) = Path().apply {
            points.forEachIndexed { step, place -> at(place).let { if (step == 0) moveTo(it.x, it.y) else lineTo(it.x, it.y) } }
        }
        fun stroke(width: Float) = Stroke(width * density, cap = StrokeCap.Round, join = StrokeJoin.Round)
        rings.forEach { ring ->
            drawPath(path(ring), palette.fenceTint)
            drawPath(path(ring), palette.accent, style = stroke(1.5f))
        }
        map.track.zip(tones).forEach { (piece, colour: Color) -> drawPath(path(piece.points), colour, style = stroke(3f)) }
    }
}

/** About a metre: a map of one point has a size. */
private const val MIN_DEGREES = 1e-5

@Composable
fun SupplementaryPane(shell: Shell, model: SupplementaryModel) {
    val words = LocalWords.current
    val view by model.view.collectAsState()
    val text by model.text.collectAsState()
    val picked by model.picked.collectAsState()
    val busy by model.calls.busy.collectAsState()
    LaunchedEffect(model) { model.follow() }
    val screen = view
    Frame(shell, words.supplementary, model.calls, main = {
        screen?.let {
            val label = if (picked.isEmpty()) words.pickItems else "${words.start} (${picked.size})"
            Deed(it.offer.supplementary, label, "start", busy, main = true, ready = picked.isNotEmpty()) { model.start() }
        }
    }) {
        item { Field(words.search, text, "search", change = model::search) }
        if (screen == null) return@Frame
        item { Small(screen.offer.meaning) }
        screen.nothing?.let { item { Plain(it) } }
        screen.systems.forEach { system ->
            item { Heading(system.name) }
            system.facilities.forEach { facility ->
                item { Small(facility.name) }
                items(facility.items, { it.itemId }) { offered ->
                    Ticked(offered.itemId in picked, "pick", { model.pick(offered.itemId) }) { Plain(offered.name) }
                }
            }
        }
    }
}
