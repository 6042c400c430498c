package firebee.ui

import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.Typography
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.sp
import firebee.ChipShape
import firebee.Tone
import firebee.Words

val LocalPalette: ProvidableCompositionLocal<Palette> = staticCompositionLocalOf { day }

/** What stands on buttons, fields and sections, in the language of the app. */
val LocalWords: ProvidableCompositionLocal<Words> = staticCompositionLocalOf { error("words") }

/** The letters of the app, for what draws itself in another theme. */
val LocalLetters: ProvidableCompositionLocal<FontFamily> = staticCompositionLocalOf { FontFamily.Default }

val corner: RoundedCornerShape = RoundedCornerShape(Space.radius)

/** The colours and letters of the app. A test hands a font in; a phone takes its own. */
@Composable
fun Look(dark: Boolean, words: Words, font: FontFamily = FontFamily.Default, content: @Composable () -> Unit) {
    val palette = if (dark) night else day
    CompositionLocalProvider(LocalPalette provides palette, LocalWords provides words, LocalLetters provides font) {
        MaterialTheme(scheme(palette, dark), Shapes(corner, corner, corner, corner, corner), letters(font), content)
    }
}

private fun scheme(palette: Palette, dark: Boolean) = (if (dark) darkColorScheme() else lightColorScheme()).copy(
    primary = palette.accent,
    onPrimary = palette.onAccent,
    secondaryContainer = palette.untestableTint,
    onSecondaryContainer = palette.ink,
    background = palette.paper,
    onBackground = palette.ink,
    surface = palette.paper,
    onSurface = palette.ink,
    surfaceVariant = palette.card,
    onSurfaceVariant = palette.soft,
    surfaceContainer = palette.card,
    surfaceContainerHigh = palette.card,
    surfaceContainerHighest = palette.card,
    outline = palette.field,
    outlineVariant = palette.line,
    error = palette.nonconform,
    errorContainer = palette.nonconformTint,
    onErrorContainer = palette.nonconform,
)

/** Lines of one and a half, no letter-spacing: Chinese first. What is read on site has at least 16 sp. */
private fun letters(font: FontFamily): Typography {
    fun TextStyle.of(size: Int, weight: FontWeight = FontWeight.Normal) = copy(
        fontFamily = font,
        fontSize = size.sp,
        lineHeight = (size * 1.5).sp,
        letterSpacing = 0.sp,
        fontWeight = weight,
    )
    return with(Typography()) {
        copy(
            titleLarge = titleLarge.of(22, FontWeight.SemiBold),
            titleMedium = titleMedium.of(17, FontWeight.SemiBold),
            titleSmall = titleSmall.of(16, FontWeight.SemiBold),
            bodyLarge = bodyLarge.of(16),
            bodyMedium = bodyMedium.of(16),
            bodySmall = bodySmall.of(14),
            labelLarge = labelLarge.of(16, FontWeight.Medium),
            labelMedium = labelMedium.of(14),
            labelSmall = labelSmall.of(13),
        )
    }
}

/** The colour of a tone. */
@Composable
fun Tone.ink(): Color = with(LocalPalette.current) {
    when (this@ink) {
        Tone.CONFORM -> conform
        Tone.NONCONFORM -> nonconform
        Tone.UNTESTABLE -> untestable
        Tone.WAITING -> waiting
        Tone.LATE -> late
    }
}

/** What lies behind the colour of a tone. */
@Composable
fun Tone.tint(): Color = with(LocalPalette.current) {
    when (this@tint) {
        Tone.CONFORM -> conformTint
        Tone.NONCONFORM -> nonconformTint
        Tone.UNTESTABLE -> untestableTint
        Tone.WAITING -> waitingTint
        Tone.LATE -> lateTint
    }
}

/** The sign of the status line. */
fun Tone.sign(): ChipShape = when (this) {
    Tone.CONFORM -> ChipShape.CHECK
    Tone.UNTESTABLE, Tone.WAITING -> ChipShape.CLOCK
    Tone.NONCONFORM, Tone.LATE -> ChipShape.WARN
}
