package firebee.robolectric

import firebee.walk.Console
import firebee.walk.Server
import firebee.walk.issueEverything
import java.nio.file.Files.createTempDirectory
import java.nio.file.Path
import java.util.concurrent.TimeUnit

private val BINARY = Path.of("target/debug/firebee")

internal const val OPERATOR = "马晓燕"

/** A firm whose month is issued, founded once; each test has a copy. */
private val founded: Path by lazy {
    val folder = createTempDirectory("firebee-founded")
    Server(BINARY, Path.of("bindings/tests/firm.json"), folder).use { issueEverything(it.url, OPERATOR) }
    folder.resolve("server")
}

/** The real server of one test. */
class Office(folder: Path) : AutoCloseable {
    private val data = folder.resolve("server").also { check(founded.toFile().copyRecursively(it.toFile())) }
    private val serving: Process = ProcessBuilder("$BINARY", "serve", "--data", "$data", "--listen", "127.0.0.1:0")
        .apply { environment()["FIREBEE_METRICS"] = "off" }
        .redirectError(folder.resolve("server.log").toFile())
        .start()

    val url: String = checkNotNull(Regex("http://\\S+").find(serving.inputReader().readLine().orEmpty())).value

    /** The lead's page of the one task that the server holds. */
    fun task(): String {
        val lead = Console(url, "lead")
        return lead.page(lead.page("/tasks").linkBelow("/tasks")).html
    }

    override fun close() {
        serving.destroy()
        check(serving.waitFor(30, TimeUnit.SECONDS)) { "the server does not end" }
    }
}
