package firebee.logic

import firebee.IssuedGroup
import firebee.Permission
import firebee.PlanId
import firebee.PlanItemId
import firebee.StartTask
import firebee.Today
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The items of one plan that a task is to begin with. */
data class Picked(val plan: PlanId, val items: Set<PlanItemId>)

class TodayModel(shell: Shell) : Reader<Today>(shell) {
    private val chosen = MutableStateFlow<Picked?>(null)

    val picked: StateFlow<Picked?> = chosen.asStateFlow()

    override suspend fun read(): Today {
        val today = shell.client.screens().today()
        // What another task has taken meanwhile is not chosen any more.
        chosen.value = chosen.value?.let { now -> picked(now.plan, now.items intersect free(today, now.plan)) }
        return today
    }

    /** A task has the items of one plan: another plan begins anew. */
    fun pick(group: IssuedGroup, item: PlanItemId) {
        val before = chosen.value?.takeIf { it.plan == group.plan }?.items.orEmpty()
        chosen.value = picked(group.plan, if (item in before) before - item else before + item)
    }

    fun pickAll(group: IssuedGroup) {
        val free = group.items.filter { it.task == null }.map { it.item }.toSet()
        chosen.value = picked(group.plan, if (chosen.value?.items == free) emptySet() else free)
    }

    fun start(): Unit = calls.act {
        val now = chosen.value ?: return@act
        val located = Permission.LOCATION_ALWAYS in shell.phone.permissions.granted()
        val task = shell.client.tasks().start(StartTask(now.plan, now.items.toList(), located))
        chosen.value = null
        shell.go(Route.Task(task))
        shell.tracker.begin(task)
    }

    private fun free(today: Today, plan: PlanId) =
        today.issued.filter { it.plan == plan }.flatMap { it.items }.filter { it.task == null }.map { it.item }.toSet()

    private fun picked(plan: PlanId, items: Set<PlanItemId>) = if (items.isEmpty()) null else Picked(plan, items)
}
