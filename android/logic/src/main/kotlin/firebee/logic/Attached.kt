package firebee.logic

import java.io.File
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map

/**
 * Pictures and PDFs that go with an act, until the core has read them. Where they lie is kept with what is typed for it, so that
 * they are there again after the system has ended the process.
 */
class Attached(private val phone: Phone, private val typed: Typed) {
    /** In the order in which they were added, without those that the phone has deleted meanwhile. */
    val shots: Flow<List<Shot>> = typed.all.map(::there)

    suspend fun known(): List<Shot> = there(typed.known())

    /** Takes a picture; without one nothing changes. */
    suspend fun shoot() {
        phone.lens.shoot()?.let { put(known() + it) }
    }

    /** Lets the person choose files. */
    suspend fun pick() {
        val picked = phone.files.pick().map { Shot(it) }
        if (picked.isNotEmpty()) put(known() + picked)
    }

    /** Takes one away again. */
    suspend fun remove(shot: Shot) {
        put(known() - shot)
        phone.lens.drop(shot)
    }

    private fun put(shots: List<Shot>) = typed.put(FIELD, shots.joinToString("\n") { listOfNotNull(it.path, it.preview).joinToString("\t") })

    private fun there(texts: Map<String, String>): List<Shot> = texts[FIELD].orEmpty().lines()
        .map { it.split("\t") }
        .filter { File(it.first()).isFile }
        .map { Shot(it.first(), it.getOrNull(1)) }

    private companion object {
        const val FIELD = "files"
    }
}
