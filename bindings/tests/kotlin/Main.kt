package firebee.walk

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.deleteRecursively
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.extension
import kotlin.io.path.listDirectoryEntries
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking

/** Arguments: the server's program, the firm, a folder of photos. */
@OptIn(ExperimentalPathApi::class)
fun main(arguments: Array<String>) {
    val (binary, firm, photos) = arguments.map { Path.of(it) }
    val folder = Files.createTempDirectory("firebee-walk")
    val failure = runCatching {
        val roll = photos.listDirectoryEntries().filter { it.extension == "jpg" }.sorted()
        Server(binary, firm, folder).use { server -> runBlocking { Walk(server, folder, roll).all() } }
    }.exceptionOrNull()
    folder.deleteRecursively()
    failure?.printStackTrace(System.out)
    println(if (failure == null) "1 passed, 0 failed" else "0 passed, 1 failed")
    exitProcess(if (failure == null) 0 else 1)
}
