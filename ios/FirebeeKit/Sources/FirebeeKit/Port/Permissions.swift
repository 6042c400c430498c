import FirebeeCore

/// The permissions of the phone.
@MainActor
public protocol Permissions: AnyObject {
    func granted() -> Set<Permission>
    /// Asks for one, and gives whether it is granted now. Where the phone asks no more, it opens its settings.
    func ask(_ permission: Permission) async -> Bool
    /// Opens the phone's settings of the app.
    func openSettings()
}
