package firebee.phones

import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.SocketException
import java.net.URI
import java.util.concurrent.ConcurrentHashMap
import kotlin.concurrent.thread

/** A network between a phone and the server that can be cut: what is under way breaks, what comes is turned away. */
class Link(server: String) : AutoCloseable {
    private val to = URI(server)
    private val door = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    private val open: MutableSet<Socket> = ConcurrentHashMap.newKeySet()

    @Volatile
    private var whole = true

    val url: String = "http://127.0.0.1:${door.localPort}"

    init {
        thread(isDaemon = true) {
            try {
                while (true) pass(door.accept())
            } catch (_: SocketException) {
                // The door was closed.
            }
        }
    }

    fun cut() {
        whole = false
        open.forEach { it.close() }
    }

    fun mend() {
        whole = true
    }

    private fun pass(phone: Socket) {
        if (!whole) return phone.close()
        val server = Socket(to.host, to.port)
        open += listOf(phone, server)
        for ((from, into) in listOf(phone to server, server to phone)) {
            thread(isDaemon = true) {
                runCatching { from.getInputStream().transferTo(into.getOutputStream()) }
                phone.close()
                server.close()
                open -= setOf(phone, server)
            }
        }
    }

    override fun close() {
        door.close()
        cut()
    }
}
