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
    /// Whether screens that show evidence may be copied.
    public private(set) var screenshots: Bool
    @ObservationIgnored private let hearing = Hearing()
    @ObservationIgnored private var typing: [String: Typed] = [:]
    @ObservationIgnored private let reminding = Turn()
    @ObservationIgnored private let reopen: @MainActor () async -> Void
    @ObservationIgnored private var waiting: Route?

    init(client: Client, phone: Phone, reopen: @escaping @MainActor () async -> Void) {
        holder = Holder(client)
        self.phone = phone
        self.reopen = reopen
        tracker = Tracker(holder: holder, locator: phone.locator)
        words = FirebeeCore.words(language: phone.language)
        theme = phone.preferences.theme
        screenshots = phone.preferences.screenshots
        tracker.remind = { [weak self] in await self?.remind() }
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

    /// A task is not worked on any more: its screens are gone, and whoever has gone on from them meanwhile stays there.
    func leave(_ task: TaskId) {
        let others = way.filter { $0.worksOn != task }
        way = others.isEmpty ? [.today] : others
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

    /// The screens as the system keeps them of an app that it ends, as far as one comes back to them.
    public var kept: String { way.map(DeepLink.to).prefix { $0 != nil }.compactMap { $0 }.joined(separator: " ") }

    /// After the system has ended the app, the screens lie as they lay.
    public func comeBack(_ kept: String) {
        let routes = kept.split(separator: " ").compactMap { URL(string: String($0)).flatMap(DeepLink.route) }
        guard way == [.today], let first = routes.first, Route.roots.contains(first) else { return }
        way = routes
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

    public func allowScreenshots(_ allowed: Bool) {
        phone.preferences.screenshots = allowed
        screenshots = allowed
    }

    /// Whether what is shown now is hidden: evidence is, while the system takes its picture for the list of apps and while
    /// the screen is recorded or mirrored, unless somebody has allowed it.
    public func covered(seen: Bool, captured: Bool) -> Bool {
        guard !screenshots, let now = way.last, now.showsEvidence else { return false }
        return !seen || captured
    }

    /// Shows on the phone's board what the core has to tell now, takes down what holds no more, and hands to the phone's
    /// clock what comes: the system may give the app no time of its own until then.
    func remind() async {
        await reminding.take { [self] in
            // Where nobody is signed in, or the stores answer later, nothing counts as told.
            guard let screens = try? client.screens(),
                let now = try? await screens.reminders(seen: phone.notices.seen),
                let coming = try? await screens.ahead()
            else { return }
            phone.notices.plan(Planned.all(coming))
            for key in now.takeDown { phone.notices.takeDown(key) }
            for one in now.post { phone.notices.post(Bulletin(one)) }
        }.value
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

    /// What is typed at a place and not recorded yet: neither the way back nor the end of the app loses it.
    func typed(_ place: String) -> Typed {
        if let held = typing[place] { return held }
        let new = Typed(holder, place: place)
        typing[place] = new
        return new
    }

    /// What is typed of a system that a test touches.
    func restoring(_ task: TaskId, _ system: Isolable) -> Typed { typed("restore \(task) \(system)") }

    /// Whether the app may follow the location while it is not seen, as the start of a task wants to know.
    var located: Bool { phone.permissions.granted().contains(.locationAlways) }

    /// Erases the account from this phone; the core refuses until all of it is safe on the server.
    func wipe() async throws {
        try await client.session().wipe()
        phone.notices.clear()
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
        await reminding.over()
        for one in typing.values { await one.settle() }
        try? await client.sync().stop()
        holder.letGo()
    }
}
