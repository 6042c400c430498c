import FirebeeCore
import Foundation
import Observation

/// The client as its screens hold it: the way through them, the language, and what outlives a screen.
@MainActor
@Observable
public final class Shell {
    @ObservationIgnored private let holder: Holder
    @ObservationIgnored public let phone: Phone
    @ObservationIgnored public let tracker: Tracker
    /// The screens that lie over one another; the last is seen.
    public private(set) var way: [Route] = [.signIn]
    /// The one status line; nothing before somebody has signed in.
    public private(set) var quiet: Quiet?
    public private(set) var words: Words
    public private(set) var theme: Theme
    @ObservationIgnored private let hearing = Hearing()
    @ObservationIgnored private let drafts: Drafts
    @ObservationIgnored private let reopen: @MainActor () async -> Void
    @ObservationIgnored private var waiting: Route?

    init(client: Client, phone: Phone, folder: URL, reopen: @escaping @MainActor () async -> Void) {
        holder = Holder(client)
        self.phone = phone
        self.reopen = reopen
        tracker = Tracker(holder: holder, locator: phone.locator)
        drafts = Drafts(file: folder.appendingPathComponent("drafts.json"))
        words = FirebeeCore.words(language: phone.language)
        theme = phone.preferences.theme
    }

    /// The client; it throws once it was let go.
    var client: Client { get throws { try holder.client } }

    /// The root of what is seen.
    public var root: Route { way[0] }

    /// What lies over the root, as a stack of the system wants it; the system may take from its end.
    public var path: [Route] {
        get { Array(way.dropFirst()) }
        set { way = [root] + newValue }
    }

    public func go(_ route: Route) {
        if way.last != route { way.append(route) }
    }

    /// Another root: what lay over the old one is gone. A link that came before its time is followed now.
    public func begin(_ route: Route) {
        way = [route]
        if route == .today, let link = waiting {
            waiting = nil
            open(link)
        }
    }

    /// Another screen in place of the one that is seen.
    public func replace(_ route: Route) {
        way = way.dropLast() + [route]
    }

    public func back() {
        if way.count > 1 { way.removeLast() }
    }

    /// Follows a link: at once, or as soon as somebody is signed in.
    public func follow(link: URL) {
        guard let route = DeepLink.route(link) else { return }
        if Route.roots.contains(root) { open(route) } else { waiting = route }
    }

    private func open(_ route: Route) {
        if Route.roots.contains(route) { way = [route] } else { go(route) }
    }

    public func speak(_ tongue: Tongue) {
        phone.preferences.tongue = tongue
        try? client.setLanguage(language: phone.language)
        words = FirebeeCore.words(language: phone.language)
        hearing.tellAll()
    }

    public func paint(_ theme: Theme) {
        phone.preferences.theme = theme
        self.theme = theme
    }

    /// Tells to read again: at once, at each change, and when the language is another one.
    public func changed() -> AsyncStream<Void> {
        guard let client = try? client else { return AsyncStream { $0.finish() } }
        return hearing.listen(to: client)
    }

    /// Keeps the status line up to date.
    public func followQuiet() async {
        for await _ in changed() { quiet = try? await client.screens().quiet() }
    }

    /// What was entered and not recorded.
    func draft(_ task: TaskId, _ at: Instance) -> Entry? { drafts[task, at] }

    func keep(_ entry: Entry?, _ task: TaskId, _ at: Instance) { drafts[task, at] = entry }

    /// Whether the app may follow the location while it is not seen, as the start of a task wants to know.
    var located: Bool { phone.permissions.granted().contains(.locationAlways) }

    /// Erases the account from this phone; the core refuses until all of it is safe on the server.
    func wipe() async throws {
        try await client.session().wipe()
        drafts.erase()
        await begunAnew()
    }

    /// The core asked for a client of its own.
    func begunAnew() async {
        await close()
        await reopen()
    }

    /// Ends everything that holds the client, and lets it go.
    func close() async {
        await tracker.close()
        await hearing.end()
        try? await client.sync().stop()
        holder.letGo()
    }
}
