import FirebeeCore

/// A lead's look at a task: handle its faults, then decide on what was seen.
@MainActor
public final class ReviewModel {
    public let page: Page<ReviewScreen>
    public let task: TaskId
    /// The opinion, while it is typed.
    public let typed: Typed
    /// What goes with the decision.
    public let attached: Attached
    private var handled: [FaultId: Attached] = [:]
    private let shell: Shell

    public init(_ shell: Shell, task: TaskId) {
        self.shell = shell
        self.task = task
        typed = shell.typed("review \(task)")
        attached = Attached(shell.phone, typed)
        page = Page(shell) { try await shell.client.screens().review(task: task) }
    }

    /// What goes with the way of a fault.
    public func attached(to fault: FaultId) -> Attached {
        if let held = handled[fault] { return held }
        let new = Attached(shell.phone, handling(fault))
        handled[fault] = new
        return new
    }

    /// What is typed and chosen for a fault.
    public func handling(_ fault: FaultId) -> Typed { shell.typed("fault \(fault)") }

    /// Who is to be sent for a fault.
    public func teamLead(_ fault: FaultId) -> AccountId? { AccountId(handling(fault)["lead"]) }

    public func send(_ person: PersonRow, for fault: FaultId) { handling(fault)["lead"] = person.account.value }

    public func handle(_ fault: FaultId, by choice: WayChoice) async {
        await page.calls.act {
            let files = attached(to: fault)
            let said = handling(fault)
            let sent = choice.asks.teamLead ? teamLead(fault) : nil
            let input = HandleFault(
                task: task, fault: fault, way: choice.way, explanation: said["explanation"],
                order: sent.map { Order(teamLead: $0, plan: said["plan"]) }, attachments: files.paths)
            try await shell.client.reviews().handleFault(input: input)
            files.clear()
            said.done()
        }
    }

    public func approve() async { await decide(.approved) }

    public func reject() async { await decide(.rejected) }

    private func decide(_ decision: Decision) async {
        await page.calls.act {
            guard let seen = page.view?.seen else { return }
            try await shell.client.reviews().decide(
                seen: seen, decision: decision, opinion: typed["opinion"], attachments: attached.paths)
            attached.clear()
            typed.done()
        }
    }
}
