/// The phone's board of notifications.
@MainActor
public protocol Notices: AnyObject {
    /// Whether somebody looks at the app now.
    var seen: Bool { get set }
    /// Shows it, in place of the one with its key.
    func post(_ bulletin: Bulletin)
    /// Takes away what the board shows under a key.
    func takeDown(_ key: String)
    /// Has the phone's clock show these, and nothing that was planned before.
    func plan(_ coming: [Planned])
    /// Takes away what is shown and what was planned: it was for somebody who is not signed in any more.
    func clear()
}
