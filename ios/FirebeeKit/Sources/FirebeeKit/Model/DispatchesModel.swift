import FirebeeCore
import Observation

/// The dispatches of this account, or also those of the projects that it leads, found by words and state.
@MainActor
@Observable
public final class DispatchesModel {
    @ObservationIgnored public private(set) var page: Page<Rows<DispatchRow>>!
    public private(set) var text = ""
    /// Whether those of others are shown as well.
    public private(set) var led = false
    /// No state admits all.
    @ObservationIgnored private var state: DispatchChoice?
    /// By what the dispatches can be narrowed.
    public private(set) var states: [DispatchChoice] = []
    @ObservationIgnored private var pages = 1
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell) {
        self.shell = shell
        page = Page(shell) { [weak self] in try await self?.read() }
    }

    public func search(_ words: String) async {
        text = words
        await anew()
    }

    /// Other dispatches: what they can be narrowed by is something else.
    public func search(led: Bool) async {
        self.led = led
        state = nil
        await anew()
    }

    public func narrow(_ state: DispatchChoice) async {
        self.state = state
        await anew()
    }

    public func more() async {
        pages += 1
        await page.refresh()
    }

    private func read() async throws -> Rows<DispatchRow> {
        try await Rows.read(pages) { after in
            let only = state?.state.map { [$0] } ?? []
            let query = DispatchQuery(text: text, led: led, states: only, after: after)
            let found = try await shell.client.screens().findDispatches(query: query)
            states = found.states
            return Part(rows: found.rows, total: found.total, next: found.next)
        }
    }

    private func anew() async {
        pages = 1
        await page.refresh()
    }
}
