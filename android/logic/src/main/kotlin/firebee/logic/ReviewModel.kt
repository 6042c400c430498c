package firebee.logic

import firebee.AccountId
import firebee.Choice
import firebee.DecideUndecided
import firebee.Decision
import firebee.FactId
import firebee.FaultId
import firebee.HandleFault
import firebee.Order
import firebee.ReviewScreen
import firebee.TaskId
import firebee.UndecidedScreen
import firebee.Way

/** A lead's look at a task: handle its faults, then decide on what was seen. */
class ReviewModel(shell: Shell, val task: TaskId) : Reader<ReviewScreen>(shell) {
    /** The opinion, while it is typed. */
    val opinion: Typed = shell.typed("review $task")

    /** What goes with the decision. */
    val attached: Attached = Attached(shell.phone, opinion)

    override suspend fun read(): ReviewScreen = shell.client.screens().review(task)

    /** What is chosen and typed for a fault. */
    fun handling(fault: FaultId): Typed = shell.typed("fault $fault")

    /** What goes with the way of a fault. */
    fun attached(fault: FaultId): Attached = Attached(shell.phone, handling(fault))

    fun handle(fault: FaultId, way: Way, explanation: String, teamLead: AccountId?, plan: String): Unit = calls.act {
        val order = teamLead?.let { Order(it, plan) }
        val files = attached(fault).known()
        shell.client.reviews().handleFault(HandleFault(task, fault, way, explanation, order, files.map { it.path }))
        handling(fault).done()
        files.forEach(shell.phone.lens::drop)
    }

    fun approve(opinion: String): Unit = decide(Decision.APPROVED, opinion)

    fun reject(opinion: String): Unit = decide(Decision.REJECTED, opinion)

    private fun decide(decision: Decision, opinion: String): Unit = calls.act {
        val seen = view.value?.seen ?: return@act
        val files = attached.known()
        shell.client.reviews().decide(seen, decision, opinion, files.map { it.path })
        this.opinion.done()
        files.forEach(shell.phone.lens::drop)
    }
}

/** What the server does not count, and what this lead says of it. */
class UndecidedModel(shell: Shell) : Reader<UndecidedScreen>(shell) {
    override suspend fun read(): UndecidedScreen = shell.client.screens().undecided()

    /** The reason for a group, while it is typed. */
    fun reason(facts: List<FactId>): Typed = shell.typed("undecided ${facts.firstOrNull()}")

    fun decide(facts: List<FactId>, choice: Choice, reason: String): Unit = calls.act {
        shell.client.reviews().decideUndecided(DecideUndecided(facts, choice, reason))
        reason(facts).done()
    }
}
