import FirebeeCore
import Foundation
import Observation

/// How far the app is before its first screen.
public enum Door {
    /// Nobody has said yet where the server is.
    case server
    case opening
    case refused(Told)
    case open(Shell)
}

/// Opens the client of this phone, and another one where the core asks for it.
@MainActor
@Observable
public final class Home {
    public private(set) var door: Door = .opening
    @ObservationIgnored private let folder: URL
    @ObservationIgnored private let device: Device
    @ObservationIgnored private let phone: Phone
    @ObservationIgnored private let keys: (any KeyStore)?
    @ObservationIgnored private let clock: (any DeviceClock)?
    @ObservationIgnored private var opening = false
    @ObservationIgnored private var link: URL?
    @ObservationIgnored private var kind: NetworkKind?

    /// Without keys and a clock, the core makes files and reads the clocks of a desk: not for phones.
    public init(
        folder: URL, device: Device, phone: Phone, keys: (any KeyStore)?, clock: (any DeviceClock)?
    ) {
        self.folder = folder
        self.device = device
        self.phone = phone
        self.keys = keys
        self.clock = clock
    }

    /// The words before a client is open.
    public var words: Words { FirebeeCore.words(language: phone.language) }

    /// The shell, once it is open.
    public var shell: Shell? {
        if case .open(let shell) = door { shell } else { nil }
    }

    /// Safe to repeat: what is open stays open.
    public func open() async {
        guard shell == nil, !opening else { return }
        guard let server = phone.preferences.server, !server.isEmpty else {
            door = .server
            return
        }
        opening = true
        door = .opening
        do {
            let settings = ClientSettings(
                folder: folder.path, serverUrl: server, device: device, language: phone.language)
            let client = try await Client.open(settings: settings, keys: keys, clock: clock)
            door = .open(try await entered(client))
        } catch let refusal as ClientError {
            door = .refused(Told(refusal))
        } catch {
            door = .opening
        }
        opening = false
    }

    public func server(_ url: String) async {
        phone.preferences.server = url.trimmingCharacters(in: .whitespacesAndNewlines.union(["/"]))
        await open()
    }

    /// A link that the system hands over, also before the client is open.
    public func follow(link: URL) {
        if let shell { shell.follow(link: link) } else { self.link = link }
    }

    /// The app is not seen any more: the system may suspend it, and ends it if it holds a lock then. A running track keeps
    /// the app awake, and its fixes have to be kept.
    public func rest() async {
        phone.jobs.plan()
        guard let shell else { return }
        // What stood on the screens until now was seen.
        await shell.remind()
        phone.notices.seen = false
        guard !shell.tracker.listening else { return }
        try? await shell.client.suspend()
    }

    /// Somebody looks at the app.
    public func resume() async {
        phone.notices.seen = true
        try? await shell?.client.resume()
        await shell?.remind()
    }

    /// The network is this one now.
    public func network(_ kind: NetworkKind) async {
        self.kind = kind
        try? await shell?.client.sync().connectivityChanged(network: kind)
    }

    private func entered(_ client: Client) async throws -> Shell {
        let shell = Shell(client: client, phone: phone) { [weak self] in
            self?.door = .opening
            await self?.open()
        }
        if let kind { await client.sync().connectivityChanged(network: kind) }
        if let link { shell.follow(link: link) }
        link = nil
        if try await client.screens().me().person != nil {
            await client.sync().start()
            await shell.tracker.resume()
            shell.begin(.today)
            await shell.remind()
        }
        return shell
    }
}
