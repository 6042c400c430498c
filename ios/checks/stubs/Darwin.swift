// What the adapters call of the kernel.
public struct mach_timebase_info_data_t {
    public var numer: UInt32
    public var denom: UInt32
    public init() {
        numer = 1
        denom = 1
    }
}
public func mach_continuous_time() -> UInt64 { fatalError() }
@discardableResult
public func mach_timebase_info(_ info: UnsafeMutablePointer<mach_timebase_info_data_t>) -> Int32 { fatalError() }
public func sysctlbyname(
    _ name: UnsafePointer<CChar>, _ old: UnsafeMutableRawPointer?, _ length: UnsafeMutablePointer<Int>?,
    _ new: UnsafeMutableRawPointer?, _ newLength: Int
) -> Int32 { fatalError() }
