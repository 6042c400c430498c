package firebee.ui

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.gestures.detectDragGestures
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import firebee.WitnessView
import firebee.Words
import firebee.logic.Point
import firebee.logic.Signature
import firebee.logic.Stroke
import firebee.logic.Typed
import androidx.compose.ui.graphics.drawscope.Stroke as Pen

/** The owner's witness: a name, a position, and a signature by the finger. */
@Composable
fun Witness(view: WitnessView, typed: Typed, words: Words, busy: Boolean, sign: (String, String, List<Stroke>) -> Unit) = Column(
    verticalArrangement = Arrangement.spacedBy(Space.step * 2),
) {
    val name = typed.said("name")
    val role = typed.said("role")
    val strokes = Signature.strokes(typed.said("strokes"))
    val signed = view.signed
    if (signed != null) {
        Plain(signed)
        view.`when`?.let { Small(it.text) }
    } else if (view.asked) {
        TypedField(words.witnessName, typed, "name", "witness-name")
        TypedField(words.witnessRole, typed, "role", "witness-role")
        Small(words.witnessSign)
        SignatureBox(strokes, words.witnessSign) { typed.put("strokes", Signature.text(it)) }
        Other(words.clear, "witness-clear", strokes.isNotEmpty()) { typed.put("strokes", "") }
        Other(words.witnessKeep, "witness-keep", name.isNotBlank() && strokes.isNotEmpty() && !busy) { sign(name, role, strokes) }
    }
}

@Composable
private fun SignatureBox(strokes: List<Stroke>, what: String, changed: (List<Stroke>) -> Unit) {
    val palette = LocalPalette.current
    val kept by rememberUpdatedState(strokes)
    val change by rememberUpdatedState(changed)
    var line by remember { mutableStateOf(emptyList<Point>()) }
    Canvas(
        Modifier.fillMaxWidth().aspectRatio(2.5f).background(palette.sheet, corner)
            .border(Space.step / 4, palette.field, corner).testTag("signature").semantics { contentDescription = what }
            .pointerInput(Unit) {
                fun share(at: Offset) = Point(at.x / size.width, at.y / size.height)
                detectDragGestures(
                    onDragStart = { line = listOf(share(it)) },
                    onDragEnd = {
                        change(kept + Stroke(line))
                        line = emptyList()
                    },
                ) { moved, _ -> line = line + share(moved.position) }
            },
    ) {
        (strokes + Stroke(line)).forEach { stroke ->
            val path = Path()
            stroke.points.forEachIndexed { at, point ->
                val (x, y) = point.x * size.width to point.y * size.height
                if (at == 0) path.moveTo(x, y) else path.lineTo(x, y)
            }
            drawPath(path, day.ink, style = Pen(3f * density, cap = StrokeCap.Round, join = StrokeJoin.Round))
        }
    }
}
