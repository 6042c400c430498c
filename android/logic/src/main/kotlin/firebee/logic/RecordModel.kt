package firebee.logic

import firebee.FaultId
import firebee.Particulars
import firebee.RecordFault
import firebee.RecordScreen
import firebee.TaskId
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update

/** What is entered into the record of a fault. No answer and no text leave a point as it is. */
data class Entered(
    val stopped: Boolean? = null,
    val told: Boolean? = null,
    val measures: String = "",
    val opinion: String = "",
    val confirmedBy: String = "",
)

/** The record of a fault beside its description, which is completed bit by bit. */
class RecordModel(shell: Shell, private val task: TaskId, private val fault: FaultId) : Reader<RecordScreen>(shell) {
    private val kept = shell.typed("record $fault")
    private val typed = MutableStateFlow<Entered?>(null)

    /** What is entered: at first what is known. */
    val entered: StateFlow<Entered?> = typed.asStateFlow()

    override suspend fun read(): RecordScreen {
        val screen = shell.client.screens().record(task, fault)
        val texts = kept.known()
        typed.update { it ?: over(known(screen.fault.particulars), texts) }
        return screen
    }

    fun enter(change: (Entered) -> Entered) {
        val before = typed.value ?: return
        val now = change(before)
        typed.value = now
        if (now.stopped != before.stopped) kept.put("stopped", now.stopped?.toString().orEmpty())
        if (now.told != before.told) kept.put("told", now.told?.toString().orEmpty())
        if (now.measures != before.measures) kept.put("measures", now.measures)
        if (now.opinion != before.opinion) kept.put("opinion", now.opinion)
        if (now.confirmedBy != before.confirmedBy) kept.put("confirmed-by", now.confirmedBy)
    }

    fun save(): Unit = calls.act {
        val now = typed.value ?: return@act
        val particulars = Particulars(now.stopped, now.told, now.measures, now.opinion)
        shell.client.reviews().recordFault(RecordFault(task, fault, particulars, now.confirmedBy))
        kept.done()
        shell.back()
    }

    /** What is known, with what was typed and not recorded over it. */
    private fun over(known: Entered, texts: Map<String, String>) = Entered(
        texts["stopped"]?.toBooleanStrictOrNull() ?: known.stopped.takeIf { "stopped" !in texts },
        texts["told"]?.toBooleanStrictOrNull() ?: known.told.takeIf { "told" !in texts },
        texts["measures"] ?: known.measures,
        texts["opinion"] ?: known.opinion,
        texts["confirmed-by"] ?: known.confirmedBy,
    )

    private fun known(said: Particulars) =
        Entered(said.systemStopped, said.brigadeTold, said.protectiveMeasures.orEmpty(), said.ownerOpinion.orEmpty())
}
