import FirebeeCore
import Observation

/// The items of one plan that a task is to begin with.
public struct Picked: Equatable, Sendable {
    public let plan: PlanId
    public let items: Set<PlanItemId>
}

/// A day: what runs, what is issued, what waits.
@MainActor
@Observable
public final class TodayModel {
    @ObservationIgnored public private(set) var page: Page<Today>!
    public private(set) var picked: Picked?
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell) {
        self.shell = shell
        page = Page(shell) { [weak self] in
            let today = try await shell.client.screens().today()
            self?.read(today)
            return today
        }
    }

    /// A task has the items of one plan: another plan begins anew.
    public func pick(_ group: IssuedGroup, _ item: PlanItemId) {
        let before = picked.flatMap { $0.plan == group.plan ? $0.items : nil } ?? []
        choose(group.plan, before.symmetricDifference([item]))
    }

    public func pickAll(_ group: IssuedGroup) {
        let free = Self.free(group)
        choose(group.plan, picked?.items == free ? [] : free)
    }

    public func start() async {
        await page.calls.act {
            guard let now = picked else { return }
            let input = StartTask(plan: now.plan, items: Array(now.items), locationAllowed: shell.located)
            let task = try await shell.client.tasks().start(input: input)
            picked = nil
            shell.go(.task(task))
            try await shell.tracker.begin(task)
        }
    }

    /// What another task has taken meanwhile is not chosen any more.
    private func read(_ today: Today) {
        guard let now = picked else { return }
        let free = today.issued.first { $0.plan == now.plan }.map { Self.free($0) } ?? []
        choose(now.plan, now.items.intersection(free))
    }

    private func choose(_ plan: PlanId, _ items: Set<PlanItemId>) {
        picked = items.isEmpty ? nil : Picked(plan: plan, items: items)
    }

    private static func free(_ group: IssuedGroup) -> Set<PlanItemId> {
        Set(group.items.filter { $0.task == nil }.map(\.item))
    }
}
