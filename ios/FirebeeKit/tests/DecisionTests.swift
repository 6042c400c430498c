import FirebeeCore
import Foundation
import Testing

@testable import FirebeeKit

@Suite("What the adapters decide")
struct DecisionTests {
    private func cause(
        servicesOn: Bool = true, allowed: Gap.Allowed = .always, precise: Bool = true, saving: Bool = false,
        lost: Bool = false
    ) -> Cause? {
        Gap.cause(servicesOn: servicesOn, allowed: allowed, precise: precise, saving: saving, lost: lost)
    }

    @Test("A gap has the gravest cause that the phone can see")
    func gaps() {
        #expect(cause() == nil && cause(allowed: .whenInUse) == nil)
        #expect(cause(servicesOn: false, allowed: .denied) == .locationOff)
        for allowed in [Gap.Allowed.notDetermined, .restricted, .denied] {
            #expect(cause(allowed: allowed, precise: false, lost: true) == .permissionMissing)
        }
        #expect(cause(precise: false, lost: true) == .poorAccuracy)
        #expect(cause(saving: true, lost: true) == .batterySaver && cause(saving: true) == nil)
        #expect(cause(lost: true) == .noSignal)
    }

    private func place(
        horizontal: Double = 5, vertical: Double = 3, speed: Double = 0.5, age: Double = 2, simulated: Bool = false
    ) -> Place {
        Place(
            lat: 36.617, lon: 101.778, horizontalAccuracy: horizontal, verticalAccuracy: vertical,
            speedAccuracy: speed, age: age, simulated: simulated)
    }

    @Test("A place is a fix of satellites only where it has a height and a speed")
    func places() {
        #expect(place().fix(bootMs: 10_000)?.provider == .gnss)
        #expect(place().fix(bootMs: 10_000)?.bootMs == 8_000)
        #expect(place(vertical: -1).fix(bootMs: 0)?.provider == .fused)
        #expect(place(speed: -1).fix(bootMs: 0)?.provider == .fused)
        #expect(place(simulated: true).fix(bootMs: 0)?.mock == true)
        #expect(place(horizontal: -1).fix(bootMs: 0) == nil && place(age: -1).fix(bootMs: 0) == nil)
    }

    @Test("A permission is asked for once, the location twice, and then the settings help")
    func asking() {
        #expect(Asking.location(.notDetermined, upgraded: false) == .askWhileSeen)
        #expect(Asking.location(.whenInUse, upgraded: false) == .ask)
        #expect(Asking.location(.whenInUse, upgraded: true) == .settings)
        #expect(Asking.location(.always, upgraded: true) == .nothing)
        #expect(Asking.location(.denied, upgraded: false) == .settings)
        #expect(Asking.once(decided: false, granted: false) == .ask)
        #expect(Asking.once(decided: true, granted: false) == .settings)
        #expect(Asking.once(decided: true, granted: true) == .nothing)
    }

    @Test("A picture says where it is taken, as long as the phone knows it")
    func stamps() throws {
        let at = Date(timeIntervalSince1970: 1_764_532_509)
        let stamp = try #require(Stamp(place(), at: at))
        #expect(stamp.latitude == 36.617 && stamp.latitudeRef == "N")
        #expect(stamp.longitude == 101.778 && stamp.longitudeRef == "E" && stamp.errorM == 5)
        #expect(stamp.day == "2025:11:30" && stamp.time == "19:55:09")
        let south = Place(
            lat: -33.9, lon: -70.7, horizontalAccuracy: 9, verticalAccuracy: -1, speedAccuracy: -1, age: 0,
            simulated: false)
        let other = try #require(Stamp(south, at: at))
        #expect(other.latitude == 33.9 && other.latitudeRef == "S")
        #expect(other.longitude == 70.7 && other.longitudeRef == "W")
        #expect(Stamp(place(age: 61), at: at) == nil && Stamp(place(age: -1), at: at) == nil)
        #expect(Stamp(place(horizontal: -1), at: at) == nil && Stamp(place(simulated: true), at: at) == nil)
    }

    @Test("A network is free of charge only where the phone says so")
    func networks() {
        #expect(Net.kind(satisfied: false, expensive: false, constrained: false) == .none)
        #expect(Net.kind(satisfied: true, expensive: true, constrained: false) == .metered)
        #expect(Net.kind(satisfied: true, expensive: false, constrained: true) == .metered)
        #expect(Net.kind(satisfied: true, expensive: false, constrained: false) == .unmetered)
    }
}

@Suite("What the phone's board and its clock show")
struct BulletinTests {
    private func ahead(_ key: String, _ after: Int32) -> Ahead {
        let told = Reminder(key: key, title: "a", text: "b", about: .sync, presses: key == "track")
        return Ahead(reminder: told, afterS: after)
    }

    @Test("Each of what is planned has a name of its own, which is taken down with its key")
    func names() {
        let planned = Planned.all([ahead("left", 10), ahead("track", 20), ahead("left", 30)])
        #expect(Set(planned.map(\.name)).count == 3 && planned.map(\.after) == [10, 20, 30])
        for one in planned { #expect(Bulletin.names(one.bulletin.key).contains(one.name)) }
        #expect(Bulletin.names("left").contains("left") && !Bulletin.names("lef").contains(planned[0].name))
        #expect(planned.map(\.bulletin.presses) == [false, true, false])
        #expect(planned[0].bulletin.link == "firebee://sync" && planned[0].bulletin.text == "b")
    }
}

@MainActor
@Suite("The instances of an item")
struct NearTests {
    private let all = (1...20).map { InstanceRow(ordinal: $0, position: $0 == 17 ? "泵房" : nil, verdict: nil) }

    private func near(_ ordinal: Int32, _ sought: String = "") -> [Int32] {
        ItemModel.near(all, ordinal, sought).map(\.ordinal)
    }

    @Test("Those around the one at hand are shown, or those that what is typed finds")
    func near() {
        #expect(near(10) == [8, 9, 10, 11, 12] && near(1) == [1, 2, 3, 4, 5] && near(20) == [16, 17, 18, 19, 20])
        #expect(near(1, " 泵 ") == [17] && near(1, "12") == [12] && near(1, "1") == [1, 10, 11, 12, 13])
        #expect(near(1, "nothing").isEmpty && ItemModel.near(Array(all.prefix(2)), 2, "").map(\.ordinal) == [1, 2])
    }
}

@Suite("The lines of a finger")
struct SignatureTests {
    @Test("A signature is kept as a text, as the other phones keep it")
    func text() {
        let strokes = [
            Stroke(points: [Spot(x: 0, y: 0.25), Spot(x: 1, y: 0.5)]), Stroke(points: [Spot(x: 0.1234, y: 1)]),
        ]
        #expect(Signature.text(strokes) == "0,2500 10000,5000;1234,10000")
        #expect(Signature.strokes(Signature.text(strokes)) == strokes)
        #expect(Signature.text([Stroke(points: [Spot(x: 1.5, y: -1)])]) == "10000,0")
        #expect(Signature.strokes("").isEmpty)
        #expect(Signature.strokes("a 1000,2000 5") == [Stroke(points: [Spot(x: 0.1, y: 0.2)])])
    }

    @Test("What is chosen is kept as a text, unless it is more than a text holds")
    func picked() throws {
        let plan = try #require(PlanId("00000000-0000-4000-8000-000000000001"))
        func items(_ count: Int) -> Set<PlanItemId> {
            Set((0..<count).compactMap { PlanItemId("00000000-0000-4000-8000-" + String(100_000_000_000 + $0)) })
        }
        let some = try #require(Picked(plan: plan, items: items(3)))
        #expect(Picked(text: some.text) == some && Picked(text: "") == nil && Picked(text: plan.value) == nil)
        let most = try #require(Picked(plan: plan, items: items(1_700)))
        #expect(Picked(text: most.text) == most && most.text.count < 65_536)
        #expect(Picked(plan: plan, items: items(1_701))?.text == "" && Picked(plan: plan, items: []) == nil)
    }
}

@Suite("The tags on the walls")
struct TagTests {
    /// What a record says of these bytes, which may begin with some that are no letters.
    private func text(_ form: TagText.Form?, _ type: String, _ first: [UInt8], _ letters: String = "") -> String? {
        var payload = Data(first)
        payload.append(contentsOf: letters.utf8)
        return TagText.of(form: form, type: Data(type.utf8), payload: payload)
    }

    @Test("A record of text or of an address is read, any other is not")
    func records() {
        #expect(text(.wellKnown, "T", [2], "zhGEN-1") == "GEN-1")
        #expect(text(.wellKnown, "T", [0x80, 0, 0x47, 0, 0x31]) == "G1")
        #expect(text(.wellKnown, "U", [4], "f.cn/1") == "https://f.cn/1")
        #expect(text(.wellKnown, "U", [0], "GEN-1") == "GEN-1")
        #expect(text(.media, "text/plain", [], "GEN-1") == "GEN-1")
        #expect(text(.external, "firebee.cn:tag", [], "GEN-1") == "GEN-1")
        #expect(text(.wellKnown, "Sp", [], "GEN-1") == nil && text(.media, "image/png", [], "GEN-1") == nil)
        #expect(text(.empty, "", []) == nil && text(nil, "T", [], "GEN-1") == nil)
    }

    @Test("A record that ends too early says nothing, and never ends the app")
    func broken() {
        let broken: [[UInt8]] = [[], [63], [0x80], [2, 0x7a], [0xff, 1]]
        for payload in broken { #expect(text(.wellKnown, "T", payload)?.isEmpty != false) }
        #expect(text(.wellKnown, "T", [0, 0xff]) == nil && text(.wellKnown, "U", [200]) == nil)
        #expect(TagText.first([nil, "", "a", "b"]) == "a" && TagText.first([nil, ""]) == nil)
    }

    @Test("The ways of NDEF have its numbers")
    func forms() {
        #expect(TagText.Form(rawValue: 0) == .empty && TagText.Form(rawValue: 1) == .wellKnown)
        #expect(TagText.Form(rawValue: 2) == .media && TagText.Form(rawValue: 4) == .external)
        #expect(TagText.Form(rawValue: 7) == nil)
    }
}

/// An enclave that answers as a test says, on one thread.
final class SaidVault: Vault, @unchecked Sendable {
    let trouble: KeyTrouble?
    private(set) var asked: [String] = []

    init(_ trouble: KeyTrouble?) { self.trouble = trouble }

    func make(_ alias: String) throws -> Data { try answer("make") }
    func remove(_ alias: String) throws { _ = try answer("remove") }
    func read(_ alias: String) throws -> Data { try answer("read") }
    func sign(_ alias: String, _ text: Data) throws -> Data { try answer("sign") }

    private func answer(_ call: String) throws -> Data {
        asked.append(call)
        if let trouble { throw trouble }
        return Data([4])
    }
}

@Suite("The keys of the phone")
struct KeyTests {
    private static let gone = [
        KeyTrouble(domain: "NSOSStatusErrorDomain", code: -25300), KeyTrouble(domain: "CryptoTokenKit", code: -6),
        KeyTrouble(domain: "CryptoTokenKit", code: -3),
    ]
    // The phone was not unlocked since its start; the enclave is busy; an error that nobody knows.
    private static let passing = [
        KeyTrouble(domain: "NSOSStatusErrorDomain", code: -25308), KeyTrouble(domain: "CryptoTokenKit", code: -2),
        KeyTrouble(domain: "else", code: -25300),
    ]

    private func code<T>(_ call: () throws -> T) -> String? {
        do {
            _ = try call()
            return nil
        } catch let refusal as ClientError {
            return Told(refusal).code
        } catch {
            return "\(error)"
        }
    }

    @Test("A key that is there is given and signs")
    func here() throws {
        let vault = SaidVault(nil)
        let keys = Keys(vault: vault)
        #expect(try keys.create(alias: "a") == Data([4]) && keys.publicKey(alias: "a") == Data([4]))
        #expect(try keys.sign(alias: "a", text: Data()) == Data([4]))
        #expect(vault.asked == ["remove", "make", "read", "sign"])
    }

    @Test("A key that is gone is told as gone", arguments: KeyTests.gone)
    func gone(_ trouble: KeyTrouble) throws {
        let keys = Keys(vault: SaidVault(trouble))
        #expect(try keys.publicKey(alias: "a") == nil)
        #expect(code { try keys.sign(alias: "a", text: Data()) } == "key_gone")
    }

    @Test("Any other trouble passes, and the key stays", arguments: KeyTests.passing)
    func passing(_ trouble: KeyTrouble) {
        let keys = Keys(vault: SaidVault(trouble))
        #expect(code { try keys.publicKey(alias: "a") } == "key_unavailable")
        #expect(code { try keys.sign(alias: "a", text: Data()) } == "key_unavailable")
        #expect(code { try keys.create(alias: "a") } == "key_unavailable")
    }
}

/// Clocks that a test sets.
final class SetTicks: Ticks {
    let ticks: UInt64
    let scale: (numerator: UInt32, denominator: UInt32)
    let boot: String?

    init(ticks: UInt64, scale: (numerator: UInt32, denominator: UInt32) = (125, 3), boot: String?) {
        self.ticks = ticks
        self.scale = scale
        self.boot = boot
    }

    func continuous() -> UInt64 { ticks }
    func base() -> (numerator: UInt32, denominator: UInt32) { scale }
    func session() -> String? { boot }
}

@Suite("The clocks of the phone")
struct ClockTests {
    @Test("Ticks become milliseconds, however long the phone runs and however its ticks are scaled")
    func ticks() throws {
        #expect(PhoneClock(ticks: SetTicks(ticks: 24_000_000, boot: nil)).bootMs == 1_000)
        let years = PhoneClock(ticks: SetTicks(ticks: 24_000_000 * 630_720_000, boot: nil))
        #expect(years.bootMs == 630_720_000_000)
        // The same clock by another fraction: after a day the product is wider than a word.
        let day = SetTicks(ticks: 24_000_000 * 86_400, scale: (1_000_000_000, 24_000_000), boot: nil)
        #expect(PhoneClock(ticks: day).bootMs == 86_400_000)
    }

    @Test("The boot is the system's, and one of its own where the system does not say")
    func boots() throws {
        let named = PhoneClock(ticks: SetTicks(ticks: 0, boot: "0B6F3C2A-5D1E-4F7B-9A8C-1D2E3F405162"))
        #expect(try named.read().bootId.value == "0b6f3c2a-5d1e-4f7b-9a8c-1d2e3f405162")
        let silent = PhoneClock(ticks: SetTicks(ticks: 0, boot: nil))
        let other = PhoneClock(ticks: SetTicks(ticks: 0, boot: "nothing"))
        #expect(try silent.read().bootId == silent.read().bootId)
        #expect(try silent.read().bootId != other.read().bootId)
    }
}

@Suite("Links into the app")
struct LinkTests {
    private static let id = "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    private static let none = [
        "https://task/\(id)", "firebee://task/nothing", "firebee://task/\(id)/more", "firebee://wipe", "firebee://task",
        "firebee:", "firebee://item/\(id)/\(id)/0", "firebee://item/\(id)/1",
    ]

    @Test("A link names a screen")
    func screens() throws {
        let id = Self.id
        let task = try #require(TaskId(id))
        let dispatch = try #require(DispatchId(id))
        let project = try #require(ProjectId(id))
        func route(_ text: String) -> Route? { URL(string: text).flatMap(DeepLink.route) }
        #expect(route("firebee://task/\(id)") == .task(task))
        #expect(route("firebee://review/\(id)") == .review(task))
        #expect(route("firebee://dispatch/\(id)") == .dispatch(dispatch))
        #expect(route("firebee://project/\(id)") == .project(project))
        #expect(route("firebee://sync") == .sync)
        let item = try #require(PlanItemId(id))
        let screens: [Route] = [
            .today, .sync, .reviews, .undecided, .task(task), .project(project), .dispatch(dispatch), .review(task),
            .item(task, Instance(item: item, ordinal: 3)),
        ]
        for screen in screens { #expect(DeepLink.to(screen).flatMap(route) == screen) }
        #expect(DeepLink.to(.signIn) == nil && DeepLink.to(.each(task, Instance(item: item, ordinal: 1))) == nil)
        let about: [About] = [
            .today, .task(task: task), .dispatch(dispatch: dispatch), .review, .undecided, .sync, .track,
        ]
        #expect(about.allSatisfy { DeepLink.to($0.route) != nil })
    }

    @Test("A link that names none leads nowhere", arguments: LinkTests.none)
    func nowhere(_ text: String) {
        #expect(URL(string: text).flatMap(DeepLink.route) == nil)
    }
}
