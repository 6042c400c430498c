import FirebeeCore

/// A lead's look at a task: handle its faults, then decide on what was seen.
@MainActor
public final class ReviewModel {
    public let page: Page<ReviewScreen>
    public let task: TaskId
    /// What goes with the decision.
    public let attached: Attached
    private var handled: [FaultId: Attached] = [:]
    private let shell: Shell

    public init(_ shell: Shell, task: TaskId) {
        self.shell = shell
        self.task = task
        attached = Attached(shell.phone)
        page = Page(shell) { try await shell.client.screens().review(task: task) }
    }

    /// What goes with the way of a fault.
    public func attached(to fault: FaultId) -> Attached {
        if let held = handled[fault] { return held }
        let new = Attached(shell.phone)
        handled[fault] = new
        return new
    }

    public func handle(_ fault: FaultId, way: Way, explanation: String, teamLead: AccountId?, plan: String) async {
        await page.calls.act {
            let files = attached(to: fault)
            let order = teamLead.map { Order(teamLead: $0, plan: plan) }
            let input = HandleFault(
                task: task, fault: fault, way: way, explanation: explanation, order: order, attachments: files.paths)
            try await shell.client.reviews().handleFault(input: input)
            files.clear()
        }
    }

    public func approve(opinion: String) async { await decide(.approved, opinion) }

    public func reject(opinion: String) async { await decide(.rejected, opinion) }

    private func decide(_ decision: Decision, _ opinion: String) async {
        await page.calls.act {
            guard let seen = page.view?.seen else { return }
            try await shell.client.reviews().decide(
                seen: seen, decision: decision, opinion: opinion, attachments: attached.paths)
            attached.clear()
        }
    }
}
