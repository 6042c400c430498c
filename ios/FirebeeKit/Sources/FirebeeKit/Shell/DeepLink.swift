import FirebeeCore
import Foundation

/// A link into the app, such as `firebee://task/0192…`: from a notification, a web page, another app, or from what the system
/// keeps of an app that it ends.
public enum DeepLink {
    /// The scheme that the app is registered for.
    public static let scheme = "firebee"

    /// The screens that hold nothing but themselves.
    private static let plain: [String: Route] = [
        "today": .today, "projects": .projects, "search": .search, "sync": .sync, "settings": .settings,
        "track": .track,
        "dispatches": .dispatches, "review": .reviews, "undecided": .undecided,
    ]

    /// The screen that a link names; nothing when it names none. The id is checked for its form; whether this account may
    /// see what it names, the core says when the screen is read.
    public static func route(_ url: URL) -> Route? {
        guard url.scheme == scheme, let noun = url.host else { return nil }
        let rest = url.pathComponents.filter { $0 != "/" }
        guard let id = rest.first else { return plain[noun] }
        if noun == "item" { return item(rest) }
        guard rest.count == 1 else { return nil }
        switch noun {
        case "task": return TaskId(id).map(Route.task)
        case "project": return ProjectId(id).map(Route.project)
        case "dispatch": return DispatchId(id).map(Route.dispatch)
        case "review": return TaskId(id).map(Route.review)
        default: return nil
        }
    }

    /// The link to a screen; nothing for one that nobody comes back to, such as the camera.
    public static func to(_ route: Route) -> String? {
        let place: String? =
            switch route {
            case .task(let task): "task/\(task.value)"
            case .project(let project): "project/\(project.value)"
            case .dispatch(let dispatch): "dispatch/\(dispatch.value)"
            case .review(let task): "review/\(task.value)"
            case .item(let task, let at): "item/\(task.value)/\(at.item.value)/\(at.ordinal)"
            default: plain.first { $0.value == route }?.key
            }
        return place.map { "\(scheme)://\($0)" }
    }

    private static func item(_ ids: [String]) -> Route? {
        guard ids.count == 3, let task = TaskId(ids[0]), let item = PlanItemId(ids[1]), let ordinal = Int32(ids[2]),
            ordinal > 0
        else { return nil }
        return .item(task, Instance(item: item, ordinal: ordinal))
    }
}

extension About {
    /// The screen that a reminder leads to.
    var route: Route {
        switch self {
        case .today: .today
        case .task(let task): .task(task)
        case .dispatch(let dispatch): .dispatch(dispatch)
        case .review: .reviews
        case .undecided: .undecided
        case .sync: .sync
        case .track: .track
        }
    }
}
