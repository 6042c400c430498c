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
    private val typed = MutableStateFlow<Entered?>(null)

    /** What is entered: at first what is known. */
    val entered: StateFlow<Entered?> = typed.asStateFlow()

    override suspend fun read(): RecordScreen {
        val screen = shell.client.screens().record(task, fault)
        typed.update { it ?: known(screen.fault.particulars) }
        return screen
    }

    fun enter(change: (Entered) -> Entered): Unit = typed.update { it?.let(change) }

    fun save(): Unit = calls.act {
        val now = typed.value ?: return@act
        val particulars = Particulars(now.stopped, now.told, now.measures, now.opinion)
        shell.client.reviews().recordFault(RecordFault(task, fault, particulars, now.confirmedBy))
        shell.back()
    }

    private fun known(said: Particulars) =
        Entered(said.systemStopped, said.brigadeTold, said.protectiveMeasures.orEmpty(), said.ownerOpinion.orEmpty())
}
