import FirebeeCore
import Observation

/// The items of one plan that a task is to begin with.
public struct Picked: Equatable, Sendable {
    public let plan: PlanId
    public let items: Set<PlanItemId>

    /// The ids of a text: the plan first.
    init?(text: String) {
        let ids = text.split(separator: " ").map(String.init)
        guard let plan = ids.first.flatMap(PlanId.init) else { return nil }
        self.init(plan: plan, items: Set(ids.dropFirst().compactMap(PlanItemId.init)))
    }

    init?(plan: PlanId, items: Set<PlanItemId>) {
        guard !items.isEmpty else { return nil }
        self.plan = plan
        self.items = items
    }

    /// What `init(text:)` reads. Of more items than the core keeps there is none: they were chosen by one tap.
    var text: String {
        guard items.count <= Self.kept else { return "" }
        return ([plan.value] + items.map(\.value).sorted()).joined(separator: " ")
    }

    private static let kept = 1_700
}

/// A day: what runs, what is issued, what waits. Of a long plan the core gives the first rows; the others are read on as
/// somebody asks for them (ADR 61).
@MainActor
@Observable
public final class TodayModel {
    @ObservationIgnored public private(set) var page: Page<Today>!
    public private(set) var picked: Picked?
    /// What is chosen is kept like what is typed.
    @ObservationIgnored private let typed: Typed
    /// Whether somebody has chosen here.
    @ObservationIgnored private var touched = false
    @ObservationIgnored private let shell: Shell
    /// The rows of a plan behind those that the core gives with the day, and how many of them are asked for.
    private var further: [PlanId: [IssuedRow]] = [:]
    @ObservationIgnored private var behind: [PlanId: Int32] = [:]

    public init(_ shell: Shell) {
        self.shell = shell
        typed = shell.typed("today")
        page = Page(shell) { [weak self] in
            let today = try await shell.client.screens().today()
            try await self?.read(today)
            return today
        }
    }

    /// The rows of a plan that are read so far.
    public func rows(_ group: IssuedGroup) -> [IssuedRow] { group.items + (further[group.plan] ?? []) }

    /// Whether the plan has rows behind them.
    public func hasMore(_ group: IssuedGroup) -> Bool { rows(group).count < group.done.total }

    /// A task has the items of one plan: another plan begins anew.
    public func pick(_ group: IssuedGroup, _ item: PlanItemId) {
        let before = picked.flatMap { $0.plan == group.plan ? $0.items : nil } ?? []
        choose(group.plan, before.symmetricDifference([item]))
    }

    /// Every free item of the plan, also those that are not shown.
    public func pickAll(_ group: IssuedGroup) async {
        await page.calls.caught {
            let hidden = hasMore(group) ? try await rest(group, group.done.total) : nil
            let free = Self.free(hidden.map { group.items + $0 } ?? rows(group))
            choose(group.plan, picked?.items == free ? [] : free)
        }
    }

    /// Reads the next rows of a plan.
    public func more(_ group: IssuedGroup) async {
        behind[group.plan, default: 0] += rowsAtOnce
        await page.refresh()
    }

    public func start() async {
        await page.calls.act {
            guard let now = picked else { return }
            let input = StartTask(plan: now.plan, items: Array(now.items), locationAllowed: shell.located)
            let task = try await shell.client.tasks().start(input: input)
            picked = nil
            touched = true
            typed.done()
            shell.go(.task(task))
            try await shell.tracker.begin(task)
        }
    }

    /// What another task has taken meanwhile is not chosen any more; what is not shown stays chosen.
    private func read(_ today: Today) async throws {
        for group in today.issued {
            if let limit = behind[group.plan] { further[group.plan] = try await rest(group, limit) }
        }
        let kept = await typed.known()["picked"] ?? ""
        guard let now = picked ?? (touched ? nil : Picked(text: kept)) else { return }
        guard let group = today.issued.first(where: { $0.plan == now.plan }) else { return picked = nil }
        let free = Self.free(rows(group))
        let taken = Set(rows(group).map(\.item)).subtracting(free)
        choose(now.plan, hasMore(group) ? now.items.subtracting(taken) : now.items.intersection(free))
    }

    private func choose(_ plan: PlanId, _ items: Set<PlanItemId>) {
        picked = Picked(plan: plan, items: items)
        touched = true
        typed["picked"] = picked?.text ?? ""
    }

    private func rest(_ group: IssuedGroup, _ limit: Int32) async throws -> [IssuedRow] {
        let query = IssuedQuery(plan: group.plan, after: group.items.last?.item, limit: limit)
        return try await shell.client.screens().issued(query: query).rows
    }

    private static func free(_ rows: [IssuedRow]) -> Set<PlanItemId> {
        Set(rows.filter { $0.task == nil }.map(\.item))
    }
}

/// So many rows are read on at a time.
let rowsAtOnce: Int32 = 50
