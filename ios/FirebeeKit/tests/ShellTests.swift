import FirebeeCore
import Foundation
import Testing

@testable import FirebeeKit

/// What holds without a server: the core is opened, and nothing answers at its address.
@MainActor
@Suite("The shell")
struct ShellTests {
    private let stand: Stand

    init() throws { stand = try Stand(refused: [.camera]) }

    private func opened() async throws -> Shell {
        stand.preferences.server = "http://127.0.0.1:1"
        await stand.home.open()
        return try stand.shell()
    }

    @Test("Without a network the sign-in says what happened, in the words of the core")
    func offline() async throws {
        let model = SignInModel(try await opened())
        model.login = "operator-2"
        model.password = "a"
        await model.signIn()
        let told = try #require(model.calls.told)
        #expect(told.code == "network_error" && told.text.hasSuffix("。") && !model.calls.busy)
        let again = SignInModel(try stand.shell())
        await again.load()
        #expect(again.login == "operator-2" && again.password.isEmpty)
    }

    @Test("A folder that cannot be opened is told, and tried again")
    func refused() async throws {
        let place = stand.folder.appendingPathComponent("phone")
        try Data().write(to: place)
        stand.preferences.server = "http://127.0.0.1:1"
        await stand.home.open()
        guard case .refused(let told) = stand.home.door else { throw Elsewhere() }
        #expect(!told.text.isEmpty && !told.code.isEmpty)
        try FileManager.default.removeItem(at: place)
        await stand.home.open()
        #expect(stand.home.shell != nil)
    }

    @Test("The way goes forward and back, and never beyond its root")
    func way() async throws {
        let shell = try await opened()
        shell.begin(.today)
        shell.go(.track)
        shell.go(.track)
        #expect(shell.way == [.today, .track] && shell.path == [.track])
        shell.replace(.dispatches)
        #expect(shell.way == [.today, .dispatches])
        shell.path = []
        shell.back()
        #expect(shell.way == [.today])
    }

    @Test("A link leads on at once from a screen of the bar, and waits before the sign-in")
    func links() async throws {
        let shell = try await opened()
        shell.follow(link: try #require(URL(string: "firebee://track")))
        #expect(shell.way == [.signIn])
        shell.begin(.today)
        #expect(shell.way == [.today, .track])
        shell.follow(link: try #require(URL(string: "firebee://sync")))
        #expect(shell.way == [.sync])
        shell.follow(link: try #require(URL(string: "firebee://nowhere")))
        #expect(shell.way == [.sync])
    }

    @Test("Another language speaks at once, and the phone's own is followed until somebody chooses")
    func languages() async throws {
        stand.preferences.tongue = .phone
        let shell = try await opened()
        let chinese = shell.words
        shell.speak(.english)
        #expect(shell.words != chinese && stand.preferences.tongue == .english)
        shell.speak(.phone)
        #expect(shell.words == chinese)
        shell.paint(.dark)
        #expect(shell.theme == .dark && stand.preferences.theme == .dark)
    }

    @Test("Files go with what is said, until they are taken away or the core has read them")
    func attached() async throws {
        let attached = Attached(try await opened().phone)
        #expect(await attached.shoot())
        let paper = stand.folder.appendingPathComponent("a.pdf")
        try Data([1]).write(to: paper)
        stand.files.chosen = [paper.path]
        await attached.pick()
        #expect(attached.paths.count == 2 && attached.paths.last == paper.path && stand.lens.sides == [.back])
        attached.remove(paper.path)
        #expect(attached.paths.count == 1 && !FileManager.default.fileExists(atPath: paper.path))
        attached.clear()
        #expect(attached.paths.isEmpty && stand.files.dropped.count == 2)
    }

    @Test("A refused permission is asked for once, and the app goes on without it")
    func permissions() async throws {
        let shell = try await opened()
        let model = PermissionsModel(shell)
        while model.view != nil { await model.allow() }
        #expect(stand.permissions.asked.filter { $0 == .camera }.count == 1 && shell.root == .pull)
        let settings = SettingsModel(shell)
        await settings.page.refresh()
        #expect(settings.page.view?.missing.map(\.permission) == [.camera])
    }
}

/// The app is somewhere else than expected.
private struct Elsewhere: Error {}
