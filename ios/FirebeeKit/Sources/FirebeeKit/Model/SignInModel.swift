import FirebeeCore
import Foundation
import Observation

/// Signs in, and asks for another password where the first sign-in wants one. The passwords stay in this screen.
@MainActor
@Observable
public final class SignInModel {
    public var login = ""
    public var password = ""
    /// Nothing until the server asks for a password of the person's own.
    public var newPassword: String?
    public let calls = Calls()
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell) { self.shell = shell }

    /// Whether everything that is asked has an answer.
    public var ready: Bool { !login.isEmpty && !password.isEmpty && newPassword?.isEmpty != true }

    /// Fills in who was signed in last.
    public func load() async {
        await calls.caught {
            if let known = try await shell.client.screens().me().login, login.isEmpty { login = known }
        }
    }

    public func signIn() async {
        await calls.act {
            let session = try shell.client.session()
            if let chosen = newPassword {
                try await session.changePassword(old: password, new: chosen)
                password = chosen
                newPassword = nil
            }
            do {
                try await session.signIn(login: login.trimmingCharacters(in: .whitespaces), password: password)
            } catch let refusal as ClientError {
                if Told(refusal).code == Self.asksForAnother { newPassword = "" }
                throw refusal
            }
            shell.begin(PermissionsModel.next(shell))
        }
    }

    /// The code after which the app asks for a new password.
    private static let asksForAnother = "password_change_required"
}
