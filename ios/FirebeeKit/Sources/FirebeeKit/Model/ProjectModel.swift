import FirebeeCore

/// One project, with its map as satellites give places.
@MainActor
public final class ProjectModel {
    public let page: Page<ProjectScreen>
    private let shell: Shell
    private let project: ProjectId

    public init(_ shell: Shell, project: ProjectId) {
        self.shell = shell
        self.project = project
        page = Page(shell) { try await shell.client.screens().project(project: project, datum: .wgs84) }
    }

    public func startMismatch() async {
        await page.calls.act {
            let input = StartMismatch(project: project, locationAllowed: shell.located)
            let task = try await shell.client.tasks().startMismatch(input: input)
            shell.go(.task(task))
            try await shell.tracker.begin(task)
        }
    }
}
