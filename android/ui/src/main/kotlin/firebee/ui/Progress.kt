package firebee.ui

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.Stroke
import firebee.ChipShape
import firebee.Count

private fun Count.share() = if (total == 0) 0f else done.toFloat() / total

/** A count, as a bar and in words. */
@Composable
fun Share(count: Count) {
    val palette = LocalPalette.current
    LinearProgressIndicator({ count.share() }, Modifier.fillMaxWidth(), palette.conform, palette.line, drawStopIndicator = {})
    Small(count.text)
}

/** A count as a ring; the words stand beside it. What is complete has a tick. */
@Composable
fun Ring(count: Count) {
    val palette = LocalPalette.current
    val share = count.share()
    Canvas(Modifier.size(Space.step * 9)) {
        val width = size.width / 9
        val corner = Offset(width / 2, width / 2)
        val room = Size(size.width - width, size.height - width)
        val pen = Stroke(width, cap = StrokeCap.Round)
        drawArc(palette.line, 0f, 360f, false, corner, room, style = pen)
        if (share > 0f) drawArc(palette.conform, -90f, 360f * share, false, corner, room, style = pen)
        if (share == 1f) sign(ChipShape.CHECK, palette.conform, inset = size.width / 4)
    }
}
