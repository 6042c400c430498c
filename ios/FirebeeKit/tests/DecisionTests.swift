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

    @Test("A network is free of charge only where the phone says so")
    func networks() {
        #expect(Net.kind(satisfied: false, expensive: false, constrained: false) == .none)
        #expect(Net.kind(satisfied: true, expensive: true, constrained: false) == .metered)
        #expect(Net.kind(satisfied: true, expensive: false, constrained: true) == .metered)
        #expect(Net.kind(satisfied: true, expensive: false, constrained: false) == .unmetered)
    }
}

/// An enclave that answers as a test says.
final class SaidVault: Vault {
    let trouble: KeyTrouble?

    init(_ trouble: KeyTrouble?) { self.trouble = trouble }

    func make(_ alias: String) throws -> Data { try answer() }
    func remove(_ alias: String) throws { _ = try answer() }
    func read(_ alias: String) throws -> Data { try answer() }
    func sign(_ alias: String, _ text: Data) throws -> Data { try answer() }

    private func answer() throws -> Data {
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
        let keys = Keys(vault: SaidVault(nil))
        #expect(try keys.create(alias: "a") == Data([4]) && keys.publicKey(alias: "a") == Data([4]))
        #expect(try keys.sign(alias: "a", text: Data()) == Data([4]))
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
        "firebee:",
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
    }

    @Test("A link that names none leads nowhere", arguments: LinkTests.none)
    func nowhere(_ text: String) {
        #expect(URL(string: text).flatMap(DeepLink.route) == nil)
    }
}
