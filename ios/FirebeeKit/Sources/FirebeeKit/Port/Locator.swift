import FirebeeCore

/// The location of the phone.
@MainActor
public protocol Locator: AnyObject {
    /// Begins to listen, also while the app is not seen; the system shows that it does.
    func begin(_ hear: @escaping @Sendable (Heard) -> Void)
    func end()
}

/// What the phone says of its location.
public enum Heard: Sendable {
    case fixes([Fix])
    /// No fixes come, for this reason. The phone said so at this time since its boot.
    case silent(Cause, bootMs: Int64)

    var isSilent: Bool {
        if case .silent = self { true } else { false }
    }
}
