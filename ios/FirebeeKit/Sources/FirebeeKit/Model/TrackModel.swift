import FirebeeCore

/// The running track; that none runs is one of the things to see.
@MainActor
public final class TrackModel {
    public struct View: Sendable {
        public let track: TrackScreen?
    }

    public let page: Page<View>
    private let shell: Shell

    public init(_ shell: Shell) {
        self.shell = shell
        page = Page(shell) { View(track: try await shell.client.screens().track()) }
    }

    public func stop() async {
        await page.calls.act { try await shell.tracker.end() }
    }
}
