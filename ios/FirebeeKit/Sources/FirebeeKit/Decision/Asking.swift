/// How a permission is asked for: the system asks once, and after that only its settings help.
public enum Asking: Equatable, Sendable {
    /// It is granted: nothing is asked.
    case nothing
    /// The system asks.
    case ask
    /// The location is asked for twice: first while the app is seen, then always.
    case askWhileSeen
    case settings

    /// How the location is asked for, also in the background. `upgraded` says that "always" was asked for before: the
    /// system then asks no more.
    public static func location(_ allowed: Gap.Allowed, upgraded: Bool) -> Asking {
        switch allowed {
        case .always: .nothing
        case .notDetermined: .askWhileSeen
        case .whenInUse: upgraded ? .settings : .ask
        case .restricted, .denied: .settings
        }
    }

    /// How the camera and notifications are asked for.
    public static func once(decided: Bool, granted: Bool) -> Asking {
        guard !granted else { return .nothing }
        return decided ? .settings : .ask
    }
}
