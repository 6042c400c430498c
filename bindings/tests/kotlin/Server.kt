package firebee.walk

import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import java.time.LocalDate
import java.util.HexFormat
import java.util.concurrent.TimeUnit
import kotlin.io.path.createDirectories
import kotlin.io.path.isRegularFile
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Every account of the firm opens with it. */
const val PASSWORD: String = "lantern-meadow-42"

/** The real server with the firm of one file, on a port that the system chose. */
class Server(private val binary: Path, firm: Path, private val folder: Path) : AutoCloseable {
    private val data = folder.resolve("server").createDirectories()
    private val serving: Process

    /** Where it listens. */
    val url: String

    init {
        val thisYear = LocalDate.now().year
        val contract = firm.readText().replace("2026-01-01", "$thisYear-01-01").replace("2027-12-31", "${thisYear + 1}-12-31")
        val founding = folder.resolve("firm.json").apply { writeText(contract) }
        val said = "$PASSWORD\n".repeat(Regex("\"login\"").findAll(contract).count())
        run("admin", "--data", "$data", "create-firm", "--from", "$founding", "--password-stdin", said = said)
        serving = ProcessBuilder("$binary", "serve", "--data", "$data", "--listen", "127.0.0.1:0")
            .apply { environment()["FIREBEE_METRICS"] = "off" }
            .redirectError(folder.resolve("server.log").toFile())
            .start()
        val greeting = serving.inputReader().readLine().orEmpty()
        url = checkNotNull(Regex("http://\\S+").find(greeting)) { folder.resolve("server.log").readText() }.value
    }

    /** What `verify` says of the stopped server's data. */
    fun verified(): String {
        close()
        return run("verify", "--data", "$data")
    }

    /** Whether a file of the server holds these bytes, under whatever name. */
    fun keeps(original: Path): Boolean {
        val wanted = digest(original)
        return Files.walk(data).use { files -> files.filter { it.isRegularFile() }.anyMatch { digest(it) == wanted } }
    }

    private fun digest(file: Path) = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.readBytes()))

    private fun run(vararg words: String, said: String = ""): String {
        val program = ProcessBuilder("$binary", *words).redirectErrorStream(true).start()
        program.outputWriter().use { it.write(said) }
        val told = program.inputReader().readText()
        check(program.waitFor() == 0) { told }
        return told
    }

    override fun close() {
        serving.destroy()
        check(serving.waitFor(30, TimeUnit.SECONDS)) { "the server does not end" }
    }
}
