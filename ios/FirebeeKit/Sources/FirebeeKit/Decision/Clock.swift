import FirebeeCore
import Foundation

/// What the system's clocks say, without a decision.
public protocol Ticks: AnyObject, Sendable {
    /// `mach_continuous_time`: it goes on while the phone sleeps.
    func continuous() -> UInt64
    /// `mach_timebase_info`: a tick is so many nanoseconds.
    func base() -> (numerator: UInt32, denominator: UInt32)
    /// `kern.bootsessionuuid`; nothing where the system does not say.
    func session() -> String?
}

/// The clocks of this phone as the core reads them.
public final class PhoneClock: DeviceClock {
    private let ticks: any Ticks
    /// For a system that does not name its boot: a boot of its own for each start of the app, so that times of two boots
    /// are never compared.
    private let own = UUID().uuidString.lowercased()

    public init(ticks: any Ticks) { self.ticks = ticks }

    public func read() throws -> ClockReading {
        guard let boot = ticks.session().flatMap({ BootId($0.lowercased()) }) ?? BootId(own) else {
            throw ClientError.Failed(code: "clock_required", text: "", action: .stop, fields: [])
        }
        return ClockReading(wall: Date(), bootMs: bootMs, bootId: boot)
    }

    /// Milliseconds since the phone was started, sleep included.
    public var bootMs: Int64 {
        let (numerator, denominator) = ticks.base()
        // Before the division the product may be wider than a word.
        let (high, low) = ticks.continuous().multipliedFullWidth(by: UInt64(numerator))
        let divisor = UInt64(denominator) * 1_000_000
        guard divisor > high else { return 0 }
        return Int64(clamping: divisor.dividingFullWidth((high, low)).quotient)
    }
}
