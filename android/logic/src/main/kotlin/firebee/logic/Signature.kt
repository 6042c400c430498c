package firebee.logic

import kotlin.math.roundToInt

/**
 * The lines of a finger as a text, so that they are kept like what is typed: lines apart by a semicolon, places by a blank, and
 * each place as two numbers from 0 to 10,000.
 */
object Signature {
    private const val PARTS = 10_000f

    fun text(strokes: List<Stroke>): String =
        strokes.joinToString(";") { stroke -> stroke.points.joinToString(" ") { "${share(it.x)},${share(it.y)}" } }

    /** The lines of a text; what is no place is left out. */
    fun strokes(text: String): List<Stroke> =
        text.split(";").filter { it.isNotEmpty() }.map { line -> Stroke(line.split(" ").mapNotNull(::point)) }

    private fun share(part: Float) = (part.coerceIn(0f, 1f) * PARTS).roundToInt()

    private fun point(text: String): Point? {
        val both = text.split(",").mapNotNull { it.toFloatOrNull() }
        return if (both.size == 2) Point(both[0] / PARTS, both[1] / PARTS) else null
    }
}
