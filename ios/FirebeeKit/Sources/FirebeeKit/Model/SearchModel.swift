import FirebeeCore
import Observation

/// The tasks that the words find.
@MainActor
@Observable
public final class SearchModel {
    @ObservationIgnored public private(set) var page: Page<Rows<TaskRow>>!
    public private(set) var text = ""
    public private(set) var whose: Whose
    @ObservationIgnored private var pages = 1
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell, whose: Whose = .mine) {
        self.shell = shell
        self.whose = whose
        page = Page(shell) { [weak self] in
            let words = self?.text ?? ""
            let whose = self?.whose ?? .mine
            return try await Rows.read(self?.pages ?? 1) { after in
                let query = TaskQuery(text: words, whose: whose, after: after)
                let found = try await shell.client.screens().search(query: query)
                return Part(rows: found.rows, total: found.total, next: found.next)
            }
        }
    }

    public func search(_ words: String) async {
        text = words
        await anew()
    }

    public func search(_ whose: Whose) async {
        self.whose = whose
        await anew()
    }

    public func more() async {
        pages += 1
        await page.refresh()
    }

    /// A lead opens what waits for a review at its review.
    public func open(_ row: TaskRow) {
        shell.go(whose == .toReview ? .review(row.task) : .task(row.task))
    }

    private func anew() async {
        pages = 1
        await page.refresh()
    }
}
