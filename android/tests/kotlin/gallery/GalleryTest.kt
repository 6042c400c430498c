package firebee.phones

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.InternalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.performScrollToNode
import firebee.Language
import firebee.logic.Theme
import firebee.logic.TodayModel
import firebee.uniffiEnsureInitialized
import java.nio.file.Files
import java.nio.file.Path
import org.junit.Assert.assertEquals
import org.junit.Test

/** Every screen, as full as it can be: how it looks, whether a finger can reach it, and whether a voice can read it. */
@OptIn(ExperimentalTestApi::class, InternalTestApi::class)
class GalleryTest {
    private val folder = Files.createTempDirectory("firebee-gallery")
    private val album = Album(Path.of(System.getProperty("firebee.pictures")), Path.of("android/tests/pictures"))

    init {
        uniffiEnsureInitialized()
    }

    @Test
    fun `every screen looks as it did, in both languages and both themes`() {
        onEasel(folder, 360, 800) {
            for (scene in scenes) for (fill in Fill.entries) look(scene, fill) { _, turn ->
                for (language in listOf(Language.ZH, Language.EN)) for (theme in listOf(Theme.LIGHT, Theme.DARK)) {
                    turn(language, theme)
                    add("${scene.name}-${fill.name.lowercase()}-${language.name.lowercase()}-${theme.name.lowercase()}")
                }
            }
        }
        contactSheet(album)
        assertEquals("pictures that differ", emptyList<String>(), album.differing)
    }

    @Test
    fun `every screen fits a small phone, and letters twice as large`() {
        onEasel(folder, 320, 568) { once("small") }
        onEasel(folder, 360, 800, letter = 2f) { once("large") }
        assertEquals("pictures that differ", emptyList<String>(), album.differing)
    }

    @Test
    fun `a finger reaches everything, and a voice reads it`() {
        val faults = ArrayList<String>()
        onEasel(folder, 360, 3_000) {
            for (scene in scenes) for (fill in Fill.entries) look(scene, fill) { _, turn ->
                turn(Language.ZH, Theme.LIGHT)
                album.add("whole-${scene.name}-${fill.name.lowercase()}", test.captureToImage(), compare = false)
                val acts = test.onAllNodes(SemanticsMatcher("can be tapped") { SemanticsActions.OnClick in it.config })
                for (node in acts.fetchSemanticsNodes()) faults += faultsOf(node).map { "${scene.name} $fill: $it" }
            }
        }
        assertEquals("what a finger or a voice does not reach", emptyList<String>(), faults.distinct())
    }

    @Test
    fun `a long plan is read on by scrolling`() = onEasel(folder, 360, 800) {
        look(scenes.first { it.name == "today" }, Fill.OVERFULL) { shell, turn ->
            turn(Language.ZH, Theme.LIGHT)
            val model = shell.model<TodayModel>(shell.way.value.last()) { error("no screen") }
            fun rows() = model.view.value?.issued.orEmpty().first().items.size
            val list = test.onNode(hasTestTag("list"))
            assertEquals(20, rows())
            list.performScrollToNode(hasTestTag("more"))
            test.waitForIdle()
            assertEquals("nothing is read before somebody asks", 20, rows())
            model.more(Sheet.plan(1))
            test.waitUntil("the next rows are there", 30_000) { rows() >= 70 }
            val seen = rows()
            // The end of the rows comes into sight: the next ones are read by themselves.
            test.waitUntil("the rows after them are there", 30_000) {
                runCatching { list.performScrollToNode(hasTestTag("more")) }
                rows() > seen
            }
        }
    }

    private fun Easel.once(size: String) {
        for (scene in scenes) look(scene, Fill.USUAL) { _, turn ->
            turn(Language.ZH, Theme.LIGHT)
            add("$size-${scene.name}")
        }
    }

    private fun Easel.add(name: String) = album.add(name, test.captureToImage(), compare = true)

    /** Too small for a finger, or without a word. */
    private fun faultsOf(node: SemanticsNode): List<String> {
        val said = node.config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } +
            node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
            listOfNotNull(node.config.getOrNull(SemanticsProperties.EditableText)?.text)
        val name = node.config.getOrNull(SemanticsProperties.TestTag) ?: said.joinToString(" ")
        val dp = with(node.layoutInfo.density) { node.size.width.toDp().value to node.size.height.toDp().value }
        return listOfNotNull(
            "$name has ${dp.first} × ${dp.second} dp".takeIf { dp.first < TARGET || dp.second < TARGET },
            "$name says nothing".takeIf { said.all { it.isBlank() } },
        )
    }

    private companion object {
        const val TARGET = 48f
    }
}
