package firebee.logic

import firebee.IssuedGroup
import firebee.IssuedQuery
import firebee.IssuedRow
import firebee.Permission
import firebee.PlanId
import firebee.PlanItemId
import firebee.StartTask
import firebee.Today
import java.util.concurrent.ConcurrentHashMap
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The items of one plan that a task is to begin with. */
data class Picked(val plan: PlanId, val items: Set<PlanItemId>) {
    /** What [of] reads. Of more items than the core keeps there is none: they were chosen by one tap. */
    val text: String get() = if (items.size > KEPT) "" else (listOf("$plan") + items.map { "$it" }.sorted()).joinToString(" ")

    companion object {
        private const val KEPT = 1_700

        /** The ids of a text: the plan first. */
        fun of(text: String): Picked? {
            val ids = text.split(" ")
            val plan = PlanId.of(ids.first()) ?: return null
            val items = ids.drop(1).mapNotNull { PlanItemId.of(it) }.toSet()
            return if (items.isEmpty()) null else Picked(plan, items)
        }
    }
}

/** The first screen of a day. Of a long plan it has the first rows; the others are read on as somebody scrolls (ADR 61). */
class TodayModel(shell: Shell) : Reader<Today>(shell) {
    private val chosen = MutableStateFlow<Picked?>(null)

    /** What is chosen is kept like what is typed. */
    private val typed = shell.typed("today")

    /** Whether somebody has chosen here. */
    @Volatile
    private var touched = false

    /** How many rows of a plan are read behind those that the first screen has. */
    private val behind = ConcurrentHashMap<PlanId, Int>()

    val picked: StateFlow<Picked?> = chosen.asStateFlow()

    override suspend fun read(): Today {
        val first = shell.client.screens().today()
        val today = first.copy(issued = first.issued.map { group ->
            behind[group.plan]?.let { group.copy(items = group.items + rest(group, it)) } ?: group
        })
        val kept = typed.known()["picked"].orEmpty()
        val now = chosen.value ?: if (touched) null else Picked.of(kept)
        if (now != null) choose(still(now, today))
        return today
    }

    /** A task has the items of one plan: another plan begins anew. */
    fun pick(group: IssuedGroup, item: PlanItemId) {
        val before = chosen.value?.takeIf { it.plan == group.plan }?.items.orEmpty()
        choose(picked(group.plan, if (item in before) before - item else before + item))
    }

    /** Every free item of the plan, also those that are not shown. */
    fun pickAll(group: IssuedGroup) {
        calls.run {
            val rows = if (group.more) group.items + rest(group, group.done.total) else group.items
            val free = rows.filter { it.task == null }.map { it.item }.toSet()
            choose(picked(group.plan, if (chosen.value?.items == free) emptySet() else free))
        }
    }

    /** Whether somebody has asked for more of a plan than the first screen has. */
    fun readsOn(plan: PlanId): Boolean = plan in behind.keys

    /** Reads the next rows of a plan. */
    fun more(plan: PlanId) {
        behind.merge(plan, ROWS, Int::plus)
        calls.run { refresh() }
    }

    fun start(): Unit = calls.act {
        val now = chosen.value ?: return@act
        val located = Permission.LOCATION_ALWAYS in shell.phone.permissions.granted()
        val task = shell.client.tasks().start(StartTask(now.plan, now.items.toList(), located))
        chosen.value = null
        typed.done()
        shell.go(Route.Task(task))
        shell.tracker.begin(task)
    }

    private fun choose(now: Picked?) {
        touched = true
        chosen.value = now
        typed.put("picked", now?.text.orEmpty())
    }

    private suspend fun rest(group: IssuedGroup, limit: Int): List<IssuedRow> {
        val query = IssuedQuery(plan = group.plan, after = group.items.lastOrNull()?.item, limit = limit)
        return shell.client.screens().issued(query).rows
    }

    /** What another task has taken meanwhile is not chosen any more; what is not shown stays. */
    private fun still(now: Picked, today: Today): Picked? {
        val group = today.issued.firstOrNull { it.plan == now.plan } ?: return null
        val (free, taken) = group.items.partition { it.task == null }.let { (a, b) -> a.ids() to b.ids() }
        return picked(now.plan, if (group.more) now.items - taken else now.items intersect free)
    }

    private fun List<IssuedRow>.ids() = map { it.item }.toSet()

    private fun picked(plan: PlanId, items: Set<PlanItemId>) = if (items.isEmpty()) null else Picked(plan, items)
}

/** Whether the plan has rows behind those that are shown. */
val IssuedGroup.more: Boolean get() = items.size < done.total

/** So many rows are read on at a time. */
internal const val ROWS = 50
