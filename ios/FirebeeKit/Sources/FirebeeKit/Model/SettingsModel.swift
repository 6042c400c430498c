import FirebeeCore

/// The account, what is not allowed yet, language and theme, and how pictures travel.
@MainActor
public final class SettingsModel {
    public struct View: Sendable {
        public let me: Me
        public let missing: [PermissionStep]
        public let tongue: Tongue
        /// Nothing before somebody is signed in.
        public let pictures: PictureRules?
        public let version: String
        public let server: String
    }

    public let page: Page<View>
    private let shell: Shell

    public init(_ shell: Shell) {
        self.shell = shell
        page = Page(shell) {
            View(
                me: try await shell.client.screens().me(), missing: PermissionsModel.missing(shell),
                tongue: shell.phone.preferences.tongue, pictures: try? await shell.client.screens().sync().pictures,
                version: shell.phone.version, server: shell.phone.preferences.server ?? "")
        }
    }

    public func ask(_ step: PermissionStep) async {
        _ = await shell.phone.permissions.ask(step.permission)
        await page.refresh()
    }

    public func openSettings() { shell.phone.permissions.openSettings() }

    public func speak(_ tongue: Tongue) { shell.speak(tongue) }

    public func paint(_ theme: Theme) { shell.paint(theme) }

    public func allowScreenshots(_ allowed: Bool) { shell.allowScreenshots(allowed) }

    public func allow(_ pictures: Allowance) async {
        await page.calls.act { try await shell.client.sync().allow(pictures: pictures) }
        await page.refresh()
    }

    public func signOut() async {
        await page.calls.act {
            try await shell.client.session().signOut()
            shell.phone.notices.clear()
            shell.begin(.signIn)
        }
    }

    public func wipe() async {
        await page.calls.act { try await shell.wipe() }
    }
}
