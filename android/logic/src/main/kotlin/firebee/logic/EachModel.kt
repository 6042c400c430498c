package firebee.logic

import firebee.FieldValue
import firebee.Instance
import firebee.ItemScreen
import firebee.Measured
import firebee.TaskId
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map

/** What is measured at each of many instances, recorded in one answer. */
class EachModel(shell: Shell, private val task: TaskId, private val at: Instance) : Reader<ItemScreen>(shell) {
    private val typed = shell.typed("each $task ${at.item}")

    /** What was entered, by the ordinal of the instance. */
    val values: Flow<Map<Int, List<FieldValue>>> = typed.all.map(::byOrdinal)

    override suspend fun read(): ItemScreen = shell.client.screens().item(task, at)

    fun value(ordinal: Int, key: String, value: String): Unit = typed.put("$ordinal $key", value)

    fun save(): Unit = calls.act {
        val draft = shell.client.screens().item(task, at).form.draft
        val measured = byOrdinal(typed.known()).map { (ordinal, values) -> Measured(ordinal, values) }
        shell.client.tasks().recordEach(task, at.item, draft, measured)
        typed.done()
        shell.back()
    }

    /** A field is an ordinal and the key of a question. */
    private fun byOrdinal(texts: Map<String, String>): Map<Int, List<FieldValue>> = texts.entries
        .filter { it.value.isNotBlank() }
        .groupBy({ it.key.substringBefore(" ").toInt() }, { FieldValue(it.key.substringAfter(" "), it.value) })
        .toSortedMap()
}
