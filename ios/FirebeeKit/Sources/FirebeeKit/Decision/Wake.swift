import FirebeeCore

/// A round of sending and receiving in the time that the system gives the app while it is not seen.
@MainActor
public final class Wake {
    private let home: Home
    private let cancel = CancelHandle()

    public init(home: Home) { self.home = home }

    /// Sends what waits, and tells what is new; gives whether the round came to its end.
    public func run() async -> Bool {
        await home.open()
        guard let shell = home.shell, let client = try? shell.client else { return false }
        await client.resume()
        let done = (try? await client.sync().now(cancel: cancel)) ?? false
        await shell.remind()
        return done
    }

    /// The time is over.
    public func expire() { cancel.cancel() }
}
