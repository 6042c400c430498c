import FirebeeCore
import Observation

/// One dispatch: received, begun, finished with words and photos.
@MainActor
@Observable
public final class DispatchModel {
    @ObservationIgnored public let page: Page<DispatchScreen>
    /// What goes with the end of the work.
    @ObservationIgnored public let attached: Attached
    /// What was found and done, while it is typed.
    @ObservationIgnored public let typed: Typed
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let dispatch: DispatchId

    public init(_ shell: Shell, dispatch: DispatchId) {
        self.shell = shell
        self.dispatch = dispatch
        typed = shell.typed("dispatch \(dispatch)")
        attached = Attached(shell.phone, typed)
        page = Page(shell) { try await shell.client.screens().dispatch(dispatch: dispatch) }
    }

    public func receive() async {
        await page.calls.act { try await shell.client.dispatches().receive(dispatch: dispatch) }
    }

    public func start() async {
        await page.calls.act { try await shell.client.dispatches().start(dispatch: dispatch) }
    }

    public func finish(_ outcome: Outcome) async {
        await page.calls.act {
            let input = FinishDispatch(
                dispatch: dispatch, outcome: outcome, details: typed["details"], attachments: attached.paths)
            try await shell.client.dispatches().finish(input: input)
            attached.clear()
            typed.done()
        }
    }
}
