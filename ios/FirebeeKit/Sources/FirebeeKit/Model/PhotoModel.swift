import FirebeeCore

/// One photo, large: of another phone it is fetched from the server.
@MainActor
public final class PhotoModel {
    public let page: Page<String>
    private let cancel = CancelHandle()

    public init(_ shell: Shell, task: TaskId, photo: FactId) {
        let cancel = cancel
        page = Page(shell) {
            try await shell.client.evidence().fetch(task: task, photo: photo, size: .preview, cancel: cancel)
        }
    }

    /// The screen is left: what came stays, the rest is not fetched.
    public func leave() { cancel.cancel() }
}
