import FirebeeCore
import Observation

/// What a supplementary test can be of, and what is chosen.
@MainActor
@Observable
public final class SupplementaryModel {
    @ObservationIgnored public private(set) var page: Page<SupplementaryScreen>!
    public private(set) var text = ""
    /// What is chosen. It is kept like what is typed.
    private let typed: Typed
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let project: ProjectId

    public init(_ shell: Shell, project: ProjectId) {
        self.shell = shell
        self.project = project
        typed = shell.typed("supplementary \(project)")
        page = Page(shell) { [weak self] in
            try await shell.client.screens().supplementary(project: project, words: self?.text ?? "")
        }
    }

    public func search(_ words: String) async {
        text = words
        await page.refresh()
    }

    public var picked: Set<String> { Set(typed["picked"].split(separator: " ").map(String.init)) }

    public func pick(_ item: String) {
        typed["picked"] = picked.symmetricDifference([item]).sorted().joined(separator: " ")
    }

    public func start() async {
        await page.calls.act {
            let input = StartSupplementary(
                project: project, items: picked.sorted(), locationAllowed: shell.located)
            let task = try await shell.client.tasks().startSupplementary(input: input)
            typed.done()
            shell.replace(.task(task))
            try await shell.tracker.begin(task)
        }
    }
}
