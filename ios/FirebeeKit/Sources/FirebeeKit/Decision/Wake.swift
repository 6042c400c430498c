import FirebeeCore

/// A round of sending and receiving in the time that the system gives the app while it is not seen.
@MainActor
public final class Wake {
    private let home: Home
    private let cancel = CancelHandle()

    public init(home: Home) { self.home = home }

    /// Sends what waits; gives whether the round came to its end.
    public func run() async -> Bool {
        await home.open()
        guard let client = try? home.shell?.client else { return false }
        await client.resume()
        return (try? await client.sync().now(cancel: cancel)) ?? false
    }

    /// The time is over.
    public func expire() { cancel.cancel() }
}
