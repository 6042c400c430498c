import FirebeeCore
import Foundation

/// A link into the app, such as `firebee://task/0192…`: from a notification, a web page or another app.
public enum DeepLink {
    /// The scheme that the app is registered for.
    public static let scheme = "firebee"

    /// The screen that a link names; nothing when it names none. The id is checked for its form; whether this account may
    /// see what it names, the core says when the screen is read.
    public static func route(_ url: URL) -> Route? {
        guard url.scheme == scheme, let noun = url.host else { return nil }
        let rest = url.pathComponents.filter { $0 != "/" }
        guard let id = rest.first else { return root(noun) }
        guard rest.count == 1 else { return nil }
        switch noun {
        case "task": return TaskId(id).map(Route.task)
        case "project": return ProjectId(id).map(Route.project)
        case "dispatch": return DispatchId(id).map(Route.dispatch)
        case "review": return TaskId(id).map(Route.review)
        default: return nil
        }
    }

    /// The link to what a noun and an id name.
    static func to(_ noun: String, _ id: String = "") -> String { "\(scheme)://\(noun)\(id.isEmpty ? "" : "/")\(id)" }

    private static func root(_ noun: String) -> Route? {
        switch noun {
        case "today": .today
        case "projects": .projects
        case "search": .search
        case "sync": .sync
        case "settings": .settings
        case "track": .track
        case "dispatches": .dispatches
        case "review": .reviews
        case "undecided": .undecided
        default: nil
        }
    }
}
