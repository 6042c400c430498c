import FirebeeCore

/// Where one is.
public enum Route: Hashable, Sendable {
    case signIn
    case permissions
    case pull
    case today
    case projects
    case project(ProjectId)
    case supplementary(ProjectId)
    case task(TaskId)
    case item(TaskId, Instance)
    case each(TaskId, Instance)
    case scan(TaskId, PlanItemId?)
    case moving(TaskId, Instance)
    case camera(TaskId, Purpose, Restored?)
    case photo(TaskId, FactId)
    case track
    case dispatches
    case dispatch(DispatchId)
    case search
    /// The tasks that wait for this account's review.
    case reviews
    case sync
    case settings
    case review(TaskId)
    /// The record of a fault beside its description.
    case record(TaskId, FaultId)
    case undecided

    /// The screens that the bar at the bottom leads to.
    public static let roots: [Route] = [.today, .projects, .search, .sync, .settings]
}

extension Route {
    /// Whether the screen shows evidence, which is not copied unless somebody has allowed it.
    var showsEvidence: Bool {
        switch self {
        case .task, .item, .each, .moving, .camera, .photo, .track, .dispatch, .review, .record, .undecided: true
        case .signIn, .permissions, .pull, .today, .projects, .project, .supplementary: false
        case .scan, .dispatches, .search, .reviews, .sync, .settings: false
        }
    }

    /// The task that is worked on here.
    var worksOn: TaskId? {
        switch self {
        case .task(let task), .item(let task, _), .each(let task, _), .scan(let task, _), .moving(let task, _),
            .camera(let task, _, _):
            task
        default: nil
        }
    }
}

/// The system that the photo of a panel shows back in automatic, and who set it so.
public struct Restored: Hashable, Sendable {
    public let system: Isolable
    public let by: String

    public init(system: Isolable, by: String) {
        self.system = system
        self.by = by
    }
}
