/// What the phone tells while the app is not seen.
@MainActor
public protocol Notices: AnyObject {
    /// Shows it, in place of one with the same link.
    func post(_ bulletin: Bulletin)
}
