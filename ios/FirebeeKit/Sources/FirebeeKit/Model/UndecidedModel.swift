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

    public func decide(_ group: UndecidedGroup, _ decision: Choice, reason: String) async {
        await page.calls.act {
            let input = DecideUndecided(facts: group.rows.map(\.fact), decision: decision, reason: reason)
            try await shell.client.reviews().decideUndecided(input: input)
        }
    }
}
