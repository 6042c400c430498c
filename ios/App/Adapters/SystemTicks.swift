import Darwin
import FirebeeKit

/// The clocks of the kernel.
final class SystemTicks: Ticks {
    func continuous() -> UInt64 { mach_continuous_time() }

    func base() -> (numerator: UInt32, denominator: UInt32) {
        var base = mach_timebase_info_data_t()
        mach_timebase_info(&base)
        return (base.numer, base.denom)
    }

    func session() -> String? {
        var size = 37
        var text = [CChar](repeating: 0, count: size)
        guard sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0 else { return nil }
        return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }
}
