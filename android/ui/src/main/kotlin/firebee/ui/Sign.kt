package firebee.ui

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.drawscope.inset
import androidx.compose.ui.unit.dp
import firebee.ChipShape

/** The sign beside a word. Fonts lack some of them, so each is drawn, on a grid of 16. */
@Composable
fun Sign(shape: ChipShape, colour: Color) = Canvas(Modifier.size(16.dp)) { sign(shape, colour) }

/** The sign itself, in the room that is left within an inset. */
fun DrawScope.sign(shape: ChipShape, colour: Color, inset: Float = 0f): Unit = inset(inset) {
    when (shape) {
        ChipShape.CHECK -> line(colour, 3f to 8.5f, 6.5f to 12f, 13f to 4.5f)
        ChipShape.CROSS -> {
            line(colour, 4f to 4f, 12f to 12f)
            line(colour, 12f to 4f, 4f to 12f)
        }
        ChipShape.DASH -> line(colour, 3f to 8f, 13f to 8f)
        ChipShape.CLOCK -> {
            ring(colour)
            line(colour, 8f to 4.5f, 8f to 8f, 10.5f to 9.5f)
        }
        ChipShape.PENCIL -> {
            line(colour, 3f to 13f, 4f to 9.5f, 10.5f to 3f, 13f to 5.5f, 6.5f to 12f, 3f to 13f)
        }
        ChipShape.BACK -> {
            line(colour, 6f to 3.5f, 3f to 6.5f, 6f to 9.5f)
            line(colour, 3f to 6.5f, 10f to 6.5f, 13f to 9f, 10f to 12.5f, 6f to 12.5f)
        }
        ChipShape.BIN -> {
            line(colour, 3f to 4.5f, 13f to 4.5f)
            line(colour, 4.5f to 4.5f, 5f to 13.5f, 11f to 13.5f, 11.5f to 4.5f)
            line(colour, 6.5f to 2.5f, 9.5f to 2.5f)
        }
        ChipShape.SPEECH -> line(colour, 2.5f to 3f, 13.5f to 3f, 13.5f to 10.5f, 8f to 10.5f, 5f to 13.5f, 5f to 10.5f, 2.5f to 10.5f, 2.5f to 3f)
        ChipShape.CIRCLE -> ring(colour)
        ChipShape.HALF -> {
            ring(colour)
            val unit = size.width / 16f
            drawArc(colour, 90f, 180f, true, Offset(2.5f * unit, 2.5f * unit), Size(11f * unit, 11f * unit))
        }
        ChipShape.BARRED -> {
            ring(colour)
            line(colour, 4.1f to 11.9f, 11.9f to 4.1f)
        }
        ChipShape.WARN -> {
            line(colour, 8f to 2.5f, 14f to 13f, 2f to 13f, 8f to 2.5f)
            line(colour, 8f to 6.5f, 8f to 9f)
            line(colour, 8f to 11f, 8f to 11.2f)
        }
    }
}

private fun DrawScope.line(colour: Color, vararg points: Pair<Float, Float>) {
    val unit = size.width / 16f
    val path = Path()
    points.forEachIndexed { at, (x, y) -> if (at == 0) path.moveTo(x * unit, y * unit) else path.lineTo(x * unit, y * unit) }
    drawPath(path, colour, style = Stroke(2f * unit, cap = StrokeCap.Round, join = StrokeJoin.Round))
}

private fun DrawScope.ring(colour: Color) {
    val unit = size.width / 16f
    drawCircle(colour, 5.5f * unit, style = Stroke(1.8f * unit))
}

/** The way back. */
@Composable
fun Arrow(colour: Color) = Canvas(Modifier.size(16.dp)) {
    line(colour, 8f to 2.5f, 2.5f to 8f, 8f to 13.5f)
    line(colour, 2.5f to 8f, 14f to 8f)
}
