package firebee.ui

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import firebee.LatLon
import firebee.MapView
import kotlin.math.cos
import kotlin.math.max

/** The fences and the own track, without a map below them: the phone may be without a network. */
@Composable
fun FenceMap(map: MapView, what: String) {
    val palette = LocalPalette.current
    val tones = map.track.map { it.tone.ink() }
    val said = listOf(what, map.radiusText).joinToString()
    Canvas(
        Modifier.fillMaxWidth().aspectRatio(1.4f).background(palette.card, corner).testTag("map")
            .semantics { contentDescription = said },
    ) {
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
        map.track.zip(tones).forEach { (piece, colour) -> drawPath(path(piece.points), colour, style = stroke(3f)) }
    }
}

/** About a metre: a map of one point has a size. */
private const val MIN_DEGREES = 1e-5
