import FirebeeCore
import Observation

/// One project, with its map as satellites give places. Of a large one the items of a facility are read on as somebody asks
/// for them (ADR 61).
@MainActor
@Observable
public final class ProjectModel {
    @ObservationIgnored public private(set) var page: Page<ProjectScreen>!
    /// The systems whose facilities are shown.
    public private(set) var unfolded: Set<String> = []
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let project: ProjectId
    /// The rows of a facility behind those that the core gives with the project, and how many of them are asked for.
    private var further: [String: [IssuedRow]] = [:]
    @ObservationIgnored private var behind: [String: Int32] = [:]

    public init(_ shell: Shell, project: ProjectId) {
        self.shell = shell
        self.project = project
        page = Page(shell) { [weak self] in try await self?.read() }
    }

    public func fold(_ system: String) { unfolded.formSymmetricDifference([system]) }

    /// The rows of a facility that are read so far.
    public func rows(_ facility: FacilityRow) -> [IssuedRow] { facility.items + (further[facility.code] ?? []) }

    /// Whether the facility has rows behind them.
    public func hasMore(_ facility: FacilityRow) -> Bool { rows(facility).count < facility.done.total }

    /// Reads the next rows of a facility.
    public func more(_ facility: FacilityRow) async {
        behind[facility.code, default: 0] += rowsAtOnce
        await page.refresh()
    }

    /// An item that a task holds leads to that task.
    public func open(_ row: IssuedRow) {
        if let task = row.task { shell.go(.task(task)) }
    }

    public func startMismatch() async {
        await page.calls.act {
            let input = StartMismatch(project: project, locationAllowed: shell.located)
            let task = try await shell.client.tasks().startMismatch(input: input)
            shell.go(.task(task))
            try await shell.tracker.begin(task)
        }
    }

    private func read() async throws -> ProjectScreen? {
        let screens = try shell.client.screens()
        guard let screen = try await screens.project(project: project, datum: .wgs84) else { return nil }
        for facility in screen.systems.flatMap(\.facilities) {
            guard let limit = behind[facility.code] else { continue }
            let query = IssuedQuery(
                project: project, facility: facility.code, after: facility.items.last?.item, limit: limit)
            further[facility.code] = try await screens.issued(query: query).rows
        }
        return screen
    }
}
