import FirebeeCore
import Observation

/// The tasks that the words find, narrowed by state and month.
@MainActor
@Observable
public final class SearchModel {
    @ObservationIgnored public private(set) var page: Page<Rows<TaskRow>>!
    public private(set) var text = ""
    public private(set) var whose: Whose
    /// No state and no month admit all.
    @ObservationIgnored private var state: StateChoice?
    @ObservationIgnored private var month: MonthChoice?
    /// By what the tasks can be narrowed.
    public private(set) var states: [StateChoice] = []
    public private(set) var months: [MonthChoice] = []
    @ObservationIgnored private var pages = 1
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell, whose: Whose = .mine) {
        self.shell = shell
        self.whose = whose
        page = Page(shell) { [weak self] in try await self?.read() }
    }

    public func search(_ words: String) async {
        text = words
        await anew()
    }

    /// Other tasks: what they can be narrowed by is something else.
    public func search(_ whose: Whose) async {
        self.whose = whose
        state = nil
        month = nil
        await anew()
    }

    public func narrow(_ state: StateChoice) async {
        self.state = state
        await anew()
    }

    public func narrow(_ month: MonthChoice) async {
        self.month = month
        await anew()
    }

    public func more() async {
        pages += 1
        await page.refresh()
    }

    public func open(_ row: TaskRow) { shell.go(row.review ? .review(row.task) : .task(row.task)) }

    private func read() async throws -> Rows<TaskRow> {
        try await Rows.read(pages) { after in
            let only = state?.state.map { [$0] } ?? []
            let query = TaskQuery(text: text, whose: whose, states: only, month: month?.month, after: after)
            let found = try await shell.client.screens().search(query: query)
            states = found.states
            months = found.months
            return Part(rows: found.rows, total: found.total, next: found.next)
        }
    }

    private func anew() async {
        pages = 1
        await page.refresh()
    }
}
