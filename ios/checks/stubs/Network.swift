// What the adapters call of Network, as its interface for C has it.
@_exported import Foundation

public final class nw_path_object {}
public final class nw_path_monitor_object {}
public typealias nw_path_t = nw_path_object
public typealias nw_path_monitor_t = nw_path_monitor_object
public struct nw_path_status_t: Equatable, Sendable {}
public let nw_path_status_satisfied = nw_path_status_t()
public func nw_path_monitor_create() -> nw_path_monitor_t { fatalError() }
public func nw_path_monitor_set_update_handler(
    _ monitor: nw_path_monitor_t, _ handler: @escaping @Sendable (nw_path_t) -> Void
) {}
public func nw_path_monitor_set_queue(_ monitor: nw_path_monitor_t, _ queue: DispatchQueue) {}
public func nw_path_monitor_start(_ monitor: nw_path_monitor_t) {}
public func nw_path_monitor_cancel(_ monitor: nw_path_monitor_t) {}
public func nw_path_get_status(_ path: nw_path_t) -> nw_path_status_t { fatalError() }
public func nw_path_is_expensive(_ path: nw_path_t) -> Bool { fatalError() }
public func nw_path_is_constrained(_ path: nw_path_t) -> Bool { fatalError() }
