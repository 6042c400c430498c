/// Work that the system does for the app while it is not seen.
@MainActor
public protocol Jobs: AnyObject {
    /// Asks the system to wake the app later, so that it sends what waits.
    func plan()
}
