import FirebeeCore
import FirebeeKit
import Foundation
import Network

/// Tells which network the phone is on, at once and at each change.
final class NetworkAdapter: Sendable {
    func kinds() -> AsyncStream<NetworkKind> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { tell in
            let monitor = nw_path_monitor_create()
            nw_path_monitor_set_update_handler(monitor) { path in
                tell.yield(
                    Net.kind(
                        satisfied: nw_path_get_status(path) == nw_path_status_satisfied,
                        expensive: nw_path_is_expensive(path), constrained: nw_path_is_constrained(path)))
            }
            nw_path_monitor_set_queue(monitor, .main)
            nw_path_monitor_start(monitor)
            let held = Held(monitor: monitor)
            tell.onTermination = { _ in nw_path_monitor_cancel(held.monitor) }
        }
    }
}

/// A monitor, which any thread may end.
private struct Held: @unchecked Sendable {
    let monitor: nw_path_monitor_t
}
