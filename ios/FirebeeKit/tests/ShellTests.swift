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

    @Test("Evidence is covered while it could be copied, until somebody allows it")
    func cover() async throws {
        let shell = try await opened()
        shell.begin(.today)
        #expect(!shell.covered(seen: false, captured: true))
        shell.go(.track)
        #expect(shell.covered(seen: false, captured: false) && shell.covered(seen: true, captured: true))
        #expect(!shell.covered(seen: true, captured: false) && !shell.words.screenshotsCovered.isEmpty)
        SettingsModel(shell).allowScreenshots(true)
        #expect(!shell.covered(seen: false, captured: true) && stand.preferences.screenshots)
    }

    @Test("What is typed and chosen is there again after the app was ended, until its act is done")
    func typed() async throws {
        let project = try #require(ProjectId("00000000-0000-4000-8000-000000000001"))
        let first = try await opened()
        for letters in ["请", "请假", "请假一周"] { first.typed("leaving 1")["reason"] = letters }
        for item in ["b", "a", "c", "b"] { SupplementaryModel(first, project: project).pick(item) }
        #expect(first.typed("leaving 1") === first.typed("leaving 1"))
        try await stand.shell().begunAnew()
        let shell = try stand.shell()
        #expect(await shell.typed("leaving 1").known() == ["reason": "请假一周"])
        #expect(await shell.typed("leaving 2").known().isEmpty)
        let chosen = SupplementaryModel(shell, project: project)
        _ = await shell.typed("supplementary \(project)").known()
        #expect(chosen.picked == ["a", "c"])
        shell.typed("leaving 1").done()
        shell.typed("leaving 1")["reason"] = "改"
        await shell.begunAnew()
        #expect(try await stand.shell().typed("leaving 1").known() == ["reason": "改"])
    }

    @Test("Where nobody is signed in, nothing is told and nothing that was planned is taken away")
    func silent() async throws {
        let shell = try await opened()
        stand.notices.planned = [planned]
        await shell.remind()
        #expect(stand.notices.planned == [planned] && stand.notices.posted.isEmpty)
        let settings = SettingsModel(shell)
        await settings.wipe()
        #expect(settings.page.calls.told == nil && stand.notices.planned.isEmpty)
    }

    private var planned: Planned {
        let told = Reminder(key: "left 1", title: "", text: "", about: .today, presses: false)
        return Planned.all([Ahead(reminder: told, afterS: 60)])[0]
    }

    @Test("After the system has ended the app, the screens lie as they lay")
    func comeBack() async throws {
        let shell = try await opened()
        let task = try #require(TaskId("00000000-0000-4000-8000-000000000001"))
        shell.begin(.search)
        shell.go(.task(task))
        shell.go(.camera(task, Purpose(role: .selfie, instance: nil), nil))
        let kept = shell.kept
        shell.begin(.signIn)
        shell.comeBack(kept)
        #expect(shell.way == [.signIn])
        shell.begin(.today)
        shell.comeBack("")
        shell.comeBack("firebee://task/\(task.value)")
        #expect(shell.way == [.today])
        shell.comeBack(kept)
        #expect(shell.way == [.search, .task(task)])
        // Whoever has gone on from the task meanwhile stays there.
        shell.go(.camera(task, Purpose(role: .selfie, instance: nil), nil))
        shell.go(.sync)
        shell.leave(task)
        #expect(shell.way == [.search, .sync])
    }

    @Test("Files go with what is said, also after the process, until they are taken away or the core has read them")
    func attached() async throws {
        let shell = try await opened()
        let typed = shell.typed("dispatch 1")
        let attached = Attached(shell.phone, typed)
        #expect(await attached.shoot())
        let paper = stand.folder.appendingPathComponent("a.pdf")
        try Data([1]).write(to: paper)
        stand.files.chosen = [paper.path]
        await attached.pick()
        #expect(attached.paths.count == 2 && attached.paths.last == paper.path && stand.lens.sides == [.back])
        await typed.settle()
        let again = Typed(Holder(try shell.client), place: "dispatch 1")
        _ = await again.known()
        #expect(Attached(shell.phone, again).paths == attached.paths)
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
