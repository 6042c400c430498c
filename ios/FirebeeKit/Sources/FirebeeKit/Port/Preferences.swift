/// What the shell remembers of the person's choices.
@MainActor
public protocol Preferences: AnyObject {
    var server: String? { get set }
    var tongue: Tongue { get set }
    var theme: Theme { get set }
    /// Whether screens that show evidence may be copied; not before somebody allows it.
    var screenshots: Bool { get set }
}

/// Whose language the app speaks.
public enum Tongue: String, CaseIterable, Sendable { case phone, chinese, english }

public enum Theme: String, CaseIterable, Sendable { case phone, light, dark }
