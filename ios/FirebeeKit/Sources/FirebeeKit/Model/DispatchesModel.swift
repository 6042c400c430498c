import FirebeeCore
import Observation

/// The dispatches of this account, or also those of the projects that it leads.
@MainActor
@Observable
public final class DispatchesModel {
    @ObservationIgnored public private(set) var page: Page<Rows<DispatchRow>>!
    public private(set) var text = ""
    /// Whether those of others are shown as well.
    public private(set) var led = false
    @ObservationIgnored private var pages = 1

    public init(_ shell: Shell) {
        page = Page(shell) { [weak self] in
            let words = self?.text ?? ""
            let led = self?.led ?? false
            return try await Rows.read(self?.pages ?? 1) { after in
                let query = DispatchQuery(text: words, led: led, after: after)
                let found = try await shell.client.screens().findDispatches(query: query)
                return Part(rows: found.rows, total: found.total, next: found.next)
            }
        }
    }

    public func search(_ words: String) async {
        text = words
        await anew()
    }

    public func search(led: Bool) async {
        self.led = led
        await anew()
    }

    public func more() async {
        pages += 1
        await page.refresh()
    }

    private func anew() async {
        pages = 1
        await page.refresh()
    }
}
