package firebee.phones

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.luminance
import firebee.ui.Palette
import firebee.ui.day
import firebee.ui.night
import org.junit.Assert.assertEquals
import org.junit.Test

/** What is read can be read in the sun and in a basement: the colours of design/tokens.json. */
class ContrastTest {
    @Test
    fun `key text stands out seven to one, and the label of the main button four and a half`() {
        val weak = listOf("day" to day, "night" to night).flatMap { (name, palette) ->
            pairs(palette).filter { (_, ink, paper, least) -> contrast(ink, paper) < least }.map { "$name ${it.what}: ${"%.1f".format(contrast(it.ink, it.paper))}" }
        }
        assertEquals(emptyList<String>(), weak)
    }

    private data class Pair(val what: String, val ink: Color, val paper: Color, val least: Double = 7.0)

    private fun pairs(of: Palette): List<Pair> {
        val tones = listOf(
            Triple("conform", of.conform, of.conformTint),
            Triple("nonconform", of.nonconform, of.nonconformTint),
            Triple("untestable", of.untestable, of.untestableTint),
            Triple("waiting", of.waiting, of.waitingTint),
            Triple("late", of.late, of.lateTint),
        )
        val grounds = listOf("paper" to of.paper, "card" to of.card)
        val said = grounds.flatMap { (name, ground) ->
            listOf(Pair("ink on $name", of.ink, ground), Pair("soft on $name", of.soft, ground)) + tones.map { (tone, ink) -> Pair("$tone on $name", ink, ground) }
        }
        return said + tones.map { (tone, ink, tint) -> Pair("$tone on its tint", ink, tint) } +
            Pair("main button", of.onAccent, of.accent, 4.5) +
            grounds.map { (name, ground) -> Pair("edge of a field on $name", of.field, ground, 3.0) }
    }

    private fun contrast(a: Color, b: Color): Double {
        val (dark, bright) = listOf(a.luminance(), b.luminance()).sorted()
        return (bright + 0.05) / (dark + 0.05)
    }
}
