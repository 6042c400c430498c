import FirebeeCore
import Observation

/// The projects that the words find.
@MainActor
@Observable
public final class ProjectsModel {
    @ObservationIgnored public private(set) var page: Page<Rows<ProjectRow>>!
    public private(set) var text = ""
    @ObservationIgnored private var pages = 1

    public init(_ shell: Shell) {
        page = Page(shell) { [weak self] in
            let words = self?.text ?? ""
            return try await Rows.read(self?.pages ?? 1) { after in
                let query = ProjectQuery(text: words, after: after)
                let found = try await shell.client.screens().projects(query: query)
                return Part(rows: found.rows, total: found.total, next: found.next)
            }
        }
    }

    public func search(_ words: String) async {
        text = words
        pages = 1
        await page.refresh()
    }

    public func more() async {
        pages += 1
        await page.refresh()
    }
}
