import FirebeeCore

/// Where an answer can go that was recorded in the wrong place.
@MainActor
public final class MovingModel {
    public let page: Page<MoveScreen>
    private let shell: Shell
    private let task: TaskId
    private let at: Instance

    public init(_ shell: Shell, task: TaskId, at: Instance) {
        self.shell = shell
        self.task = task
        self.at = at
        page = Page(shell) { try await shell.client.screens().moving(task: task, instance: at) }
    }

    public func move(to target: MoveTarget) async {
        await page.calls.act {
            _ = try await shell.client.tasks().moveResult(
                task: task, instance: at, toTask: target.task, to: target.instance)
            shell.back()
        }
    }
}
