import FirebeeCore

/// Why CoreLocation gives no fix that counts, as its adapter can see it.
public enum Gap {
    /// What the system allows, in the order of `CLAuthorizationStatus`.
    public enum Allowed: Int32, Sendable {
        case notDetermined, restricted, denied, always, whenInUse
    }

    /// The likely cause of silence; nothing while fixes may come.
    public static func cause(
        servicesOn: Bool, allowed: Allowed, precise: Bool, saving: Bool, lost: Bool
    ) -> Cause? {
        guard servicesOn else { return .locationOff }
        switch allowed {
        case .notDetermined, .restricted, .denied: return .permissionMissing
        case .always, .whenInUse: break
        }
        // A place that the system blurs by kilometres is as good as none.
        guard precise else { return .poorAccuracy }
        guard lost else { return nil }
        return saving ? .batterySaver : .noSignal
    }
}
