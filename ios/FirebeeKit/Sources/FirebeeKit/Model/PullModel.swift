import FirebeeCore
import Observation

/// The first pull, page by page. After a failure it goes on behind what came.
@MainActor
@Observable
public final class PullModel {
    public private(set) var view: PullStep?
    public let calls = Calls()
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell) { self.shell = shell }

    public func pull() async {
        await calls.act {
            let pull = try shell.client.sync().firstPull()
            while let step = try await pull.next() { view = step }
            try await shell.client.sync().start()
            shell.begin(.today)
        }
    }
}
