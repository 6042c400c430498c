import FirebeeCore
import Observation

/// What one screen shows: the core gives it whole, and it is read again at each change.
@MainActor
@Observable
public final class Page<View: Sendable> {
    /// Nothing before it was read.
    public private(set) var view: View?
    public let calls: Calls
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let read: @MainActor () async throws -> View?

    public init(_ shell: Shell, calls: Calls = Calls(), read: @escaping @MainActor () async throws -> View?) {
        self.shell = shell
        self.calls = calls
        self.read = read
    }

    /// Follows the changes while the screen is seen.
    public func follow() async {
        for await _ in shell.changed() { await refresh() }
    }

    public func refresh() async {
        await calls.caught { view = try await read() }
    }
}
