import FirebeeCore
import Observation

/// The way of everything that was recorded.
@MainActor
@Observable
public final class SyncModel {
    @ObservationIgnored public let page: Page<SyncScreen>
    /// The path of an export file that was written.
    public private(set) var exported: String?
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell) {
        self.shell = shell
        page = Page(shell) { try await shell.client.screens().sync() }
    }

    public func sendNow() async {
        await page.calls.act { _ = try await shell.client.sync().now() }
    }

    public func export() async {
        await page.calls.act {
            let path = shell.phone.files.exportPath()
            _ = try await shell.client.sync().export(path: path)
            exported = path
            shell.phone.files.share(path)
        }
    }

    public func allow(_ pictures: Allowance) async {
        await page.calls.act { try await shell.client.sync().allow(pictures: pictures) }
        await page.refresh()
    }

    public func wipe() async {
        await page.calls.act { try await shell.wipe() }
    }

    /// The core wants a client of its own afterwards.
    public func renew() async {
        await page.calls.act {
            _ = try await shell.client.session().renew()
            await shell.begunAnew()
        }
    }
}
