package firebee.robolectric

import firebee.walk.Console
import firebee.walk.Server
import firebee.walk.issueEverything
import java.nio.file.Files
import java.nio.file.Files.createTempDirectory
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.concurrent.TimeUnit

private val BINARY = Path.of("target/debug/firebee")

internal const val OPERATOR = "马晓燕"

/** A firm whose month is issued, founded once; each test has a copy. */
private val founded: Path by lazy {
    val folder = createTempDirectory("firebee-founded")
    Server(BINARY, Path.of("bindings/tests/firm.json"), folder).use { issueEverything(it.url, OPERATOR) }
    folder.resolve("server")
}

/** A copy of the firm's data, for the server's eyes alone as they are. */
private fun copied(to: Path): Path {
    Files.walk(founded).use { files ->
        files.forEach { Files.copy(it, to.resolve("${founded.relativize(it)}"), StandardCopyOption.COPY_ATTRIBUTES) }
    }
    return to
}

/** The real server of one test. */
class Office(folder: Path) : AutoCloseable {
    private val data = copied(folder.resolve("server"))
    private val serving: Process = ProcessBuilder("$BINARY", "serve", "--data", "$data", "--listen", "127.0.0.1:0")
        .apply { environment()["FIREBEE_METRICS"] = "off" }
        .redirectError(folder.resolve("server.log").toFile())
        .start()

    val url: String = checkNotNull(Regex("http://\\S+").find(serving.inputReader().readLine().orEmpty())).value

    private val lead by lazy { Console(url, "lead") }

    /** Whether the server holds a task. */
    fun knowsATask(): Boolean = Regex("href=\"/tasks/[0-9a-f-]{36}\"") in lead.page("/tasks").html

    /** The lead's page of the one task that the server holds. */
    fun task(): String = lead.page(lead.page("/tasks").linkBelow("/tasks")).html

    override fun close() {
        serving.destroy()
        check(serving.waitFor(30, TimeUnit.SECONDS)) { "the server does not end" }
    }
}
