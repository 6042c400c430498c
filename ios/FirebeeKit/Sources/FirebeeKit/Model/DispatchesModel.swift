import FirebeeCore

/// What this account is sent for.
@MainActor
public final class DispatchesModel {
    public let page: Page<[DispatchRow]>

    public init(_ shell: Shell) {
        page = Page(shell) { try await shell.client.screens().dispatches() }
    }
}
