package firebee.phones

import firebee.Device
import firebee.Permission
import firebee.logic.Door
import firebee.logic.Home
import firebee.logic.Phone
import firebee.uniffiEnsureInitialized
import java.lang.management.ManagementFactory
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.extension
import kotlin.io.path.listDirectoryEntries
import kotlin.system.exitProcess
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking

/** The photos that the lenses take. */
val roll: List<Path> get() = Path.of("tests/fixtures/photos").listDirectoryEntries().filter { it.extension == "jpg" }.sorted()

/** One phone: its folder, what it keeps there although the app's process ends, and how many photos it has taken before. */
class Handset(private val folder: Path, taken: Int = 0) {
    val satellites: Told = Told()
    val lens: Roll = Roll(folder.createDirectories(), roll.drop(taken))
    private val album = Album(Path.of(System.getProperty("firebee.pictures")), Path.of("android/tests/pictures"))

    /** Opens the app, as a tap on its icon does, and closes it after the walk. */
    fun open(walk: Hand.() -> Unit) {
        uniffiEnsureInitialized()
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        val preferences = KeptPreferences(folder)
        val known = preferences.server != null
        val asked = Asked(before = if (known) Permission.entries.toSet() else emptySet())
        val phone = Phone(lens, asked, Drawer(folder), satellites, preferences, Board(), maker = "HUAWEI", version = "0.1.0", chinese = true)
        val home = Home("${folder.resolve("store")}", Device("测试机", "JVM", "0"), phone, KeptKeys(folder), KeptClock(folder), scope)
        onPhone(home, album, "${roll[0]}") {
            if (known) comesUp()
            walk()
        }
        val client = (home.door.value as? Door.Open)?.shell?.client
        runBlocking { client?.sync()?.stop() }
        scope.cancel()
        client?.close()
    }
}

/** The app of a phone in a process of its own: it says how far it is, and goes on when it is told to. */
class Apart(folder: Path, url: String) : AutoCloseable {
    private val process = ProcessBuilder(
        listOf("${Path.of(System.getProperty("java.home"), "bin", "java")}") +
            ManagementFactory.getRuntimeMXBean().inputArguments +
            listOf("-cp", System.getProperty("java.class.path"), "firebee.phones.HandsetKt", "$folder", url),
    ).redirectError(folder.createDirectories().resolve("apart.log").toFile()).start()

    /** Waits until the app says so. */
    fun says(word: String) {
        val said = generateSequence { process.inputReader().readLine() }.firstOrNull { it == word || it.startsWith("failed") }
        check(said == word) { "the app's process did not come to “$word”: $said" }
    }

    fun goOn(): Unit = with(process.outputWriter()) {
        appendLine("go on")
        flush()
    }

    /** Ends the process without a word to it, as a system does that wants the memory. */
    fun kill() {
        process.destroyForcibly().waitFor()
    }

    override fun close(): Unit = kill()
}

/** The process that [Apart] starts. */
fun main(arguments: Array<String>) {
    val (folder, url) = arguments
    val handset = Handset(Path.of(folder))
    val failed = runCatching {
        handset.open {
            firstDay(url, handset.satellites) {
                println(it)
                readln()
            }
        }
    }.exceptionOrNull()
    failed?.printStackTrace()
    println("failed: $failed")
    exitProcess(1)
}
