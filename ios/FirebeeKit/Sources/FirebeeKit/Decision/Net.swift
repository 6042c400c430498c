import FirebeeCore

/// The network that the phone is on, as a path of Network.framework describes it.
public enum Net {
    public static func kind(satisfied: Bool, expensive: Bool, constrained: Bool) -> NetworkKind {
        guard satisfied else { return .none }
        return expensive || constrained ? .metered : .unmetered
    }
}
