import FirebeeCore

/// What the server does not count, and what this lead says of it.
@MainActor
public final class UndecidedModel {
    public let page: Page<UndecidedScreen>
    private let shell: Shell

    public init(_ shell: Shell) {
        self.shell = shell
        page = Page(shell) { try await shell.client.screens().undecided() }
    }

    /// The reason for a group, while it is typed.
    public func reason(_ group: UndecidedGroup) -> Typed {
        shell.typed("undecided \(group.rows.first.map { "\($0.fact)" } ?? "")")
    }

    public func decide(_ group: UndecidedGroup, _ decision: Choice) async {
        await page.calls.act {
            let typed = reason(group)
            let input = DecideUndecided(facts: group.rows.map(\.fact), decision: decision, reason: typed["reason"])
            try await shell.client.reviews().decideUndecided(input: input)
            typed.done()
        }
    }
}
