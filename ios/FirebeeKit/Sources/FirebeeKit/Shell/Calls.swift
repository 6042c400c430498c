import FirebeeCore
import Observation

/// The one place where a call of a screen may fail: the refusal becomes part of what the screen shows.
@MainActor
@Observable
public final class Calls {
    /// The last refusal, until somebody has seen it or an act goes well.
    public private(set) var told: Told?
    /// Whether an act is under way: its button waits.
    public private(set) var busy = false

    public init() {}

    /// Runs a call that records. A second tap before its end does nothing.
    public func act(_ call: @MainActor () async throws -> Void) async {
        guard !busy else { return }
        busy = true
        told = nil
        await caught(call)
        busy = false
    }

    /// Runs a call that records nothing.
    public func caught(_ call: @MainActor () async throws -> Void) async {
        do {
            try await call()
        } catch let refusal as ClientError {
            told = Told(refusal)
        } catch {
            // Whatever else is thrown is a cancelled wait, which nobody has to be told of.
        }
    }

    /// Takes the refusal off the screen.
    public func seen() { told = nil }
}
