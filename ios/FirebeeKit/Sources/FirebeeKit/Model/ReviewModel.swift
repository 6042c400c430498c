import FirebeeCore

/// A lead's look at a task: handle its faults, then decide on what was seen.
@MainActor
public final class ReviewModel {
    public let page: Page<ReviewScreen>
    public let task: TaskId
    private let shell: Shell

    public init(_ shell: Shell, task: TaskId) {
        self.shell = shell
        self.task = task
        page = Page(shell) { try await shell.client.screens().review(task: task) }
    }

    public func handle(_ fault: FaultId, way: Way, explanation: String, teamLead: AccountId?, plan: String) async {
        await page.calls.act {
            let order = teamLead.map { Order(teamLead: $0, plan: plan) }
            let input = HandleFault(task: task, fault: fault, way: way, explanation: explanation, order: order)
            try await shell.client.reviews().handleFault(input: input)
        }
    }

    public func approve(opinion: String) async { await decide(.approved, opinion) }

    public func reject(opinion: String) async { await decide(.rejected, opinion) }

    private func decide(_ decision: Decision, _ opinion: String) async {
        await page.calls.act {
            guard let seen = page.view?.seen else { return }
            try await shell.client.reviews().decide(seen: seen, decision: decision, opinion: opinion)
        }
    }
}
