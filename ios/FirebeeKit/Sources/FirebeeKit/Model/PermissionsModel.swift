import FirebeeCore
import Observation

/// Asks for one permission at a time, in the order and with the reasons of the core.
@MainActor
@Observable
public final class PermissionsModel {
    /// The one that is asked for now; nothing when none is left.
    public private(set) var view: PermissionStep?
    @ObservationIgnored private var put: Set<Permission> = []
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell) {
        self.shell = shell
        view = Self.missing(shell).first
    }

    public func allow() async {
        guard let step = view else { return }
        if await !shell.phone.permissions.ask(step.permission) { put.insert(step.permission) }
        next()
    }

    public func notNow() {
        guard let step = view else { return }
        put.insert(step.permission)
        next()
    }

    private func next() {
        view = Self.missing(shell).first { !put.contains($0.permission) }
        if view == nil { shell.begin(.pull) }
    }

    static func missing(_ shell: Shell) -> [PermissionStep] {
        let granted = Array(shell.phone.permissions.granted())
        return (try? shell.client.screens().permissions(granted: granted)) ?? []
    }

    /// Where one goes after the sign-in.
    static func next(_ shell: Shell) -> Route { missing(shell).isEmpty ? .pull : .permissions }
}
