import FirebeeCore
import Observation

/// One dispatch: received, begun, finished with words and photos.
@MainActor
@Observable
public final class DispatchModel {
    @ObservationIgnored public let page: Page<DispatchScreen>
    /// The photos that go with the end of the work.
    public private(set) var photos: [Shot] = []
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let dispatch: DispatchId

    public init(_ shell: Shell, dispatch: DispatchId) {
        self.shell = shell
        self.dispatch = dispatch
        page = Page(shell) { try await shell.client.screens().dispatch(dispatch: dispatch) }
    }

    public func receive() async {
        await page.calls.act { try await shell.client.dispatches().receive(dispatch: dispatch) }
    }

    public func start() async {
        await page.calls.act { try await shell.client.dispatches().start(dispatch: dispatch) }
    }

    public func shoot() async {
        await page.calls.act {
            if let shot = await shell.phone.lens.shoot(.back) { photos.append(shot) }
        }
    }

    public func finish(_ outcome: Outcome, details: String) async {
        await page.calls.act {
            let paths = photos.map(\.path)
            let input = FinishDispatch(dispatch: dispatch, outcome: outcome, details: details, attachments: paths)
            try await shell.client.dispatches().finish(input: input)
            for photo in photos { shell.phone.lens.drop(photo) }
            photos = []
        }
    }
}
