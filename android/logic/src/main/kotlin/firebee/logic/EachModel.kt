package firebee.logic

import firebee.FieldValue
import firebee.Instance
import firebee.ItemScreen
import firebee.Measured
import firebee.TaskId
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** What is measured at each of many instances, recorded in one answer. */
class EachModel(shell: Shell, private val task: TaskId, private val at: Instance) : Reader<ItemScreen>(shell) {
    private val typed = MutableStateFlow(emptyMap<Int, List<FieldValue>>())

    /** What was entered, by the ordinal of the instance. */
    val values: StateFlow<Map<Int, List<FieldValue>>> = typed.asStateFlow()

    override suspend fun read(): ItemScreen = shell.client.screens().item(task, at)

    fun value(ordinal: Int, key: String, value: String): Unit = typed.update { held ->
        val others = held[ordinal].orEmpty().filter { it.key != key }
        val now = if (value.isBlank()) others else others + FieldValue(key, value)
        if (now.isEmpty()) held - ordinal else held + (ordinal to now)
    }

    fun save(): Unit = calls.act {
        val draft = shell.draft(task, at) ?: view.value?.form?.draft ?: return@act
        val measured = typed.value.toSortedMap().map { (ordinal, values) -> Measured(ordinal, values) }
        shell.client.tasks().recordEach(task, at.item, draft, measured)
        typed.value = emptyMap()
        shell.back()
    }
}
