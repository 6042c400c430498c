package firebee.phones

import java.nio.file.Path

/**
 * A network between a phone and the server, by `firebee link`: it loses replies, repeats pushes and breaks inside pictures, and
 * can be cut.
 */
class Link(program: Path, server: String, seed: Int) : AutoCloseable {
    private val process = ProcessBuilder("$program", "link", server.removePrefix("http://"), "--seed", "$seed")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
    private val said = process.inputReader()
    private val typed = process.outputWriter()

    val url: String = checkNotNull(said.readLine()) { "the link did not start" }

    /** The faults so far: each kind, and how often. */
    var faults: Map<String, Int> = emptyMap()
        private set

    init {
        mend()
    }

    fun cut(): Unit = tell("cut")

    fun mend(): Unit = tell("faulty")

    private fun tell(word: String) {
        typed.appendLine(word)
        typed.flush()
        val counts = said.readLine().orEmpty()
        faults = Regex("\"(\\w+)\":(\\d+)").findAll(counts).associate { it.groupValues[1] to it.groupValues[2].toInt() }
    }

    override fun close() {
        process.destroy()
    }
}
