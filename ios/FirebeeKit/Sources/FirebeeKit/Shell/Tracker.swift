import FirebeeCore

/// Records the track of the running task. The core keeps fixes in the order of their coming, so one loop hands them over.
@MainActor
public final class Tracker {
    private let holder: Holder
    private let locator: any Locator
    private let said: AsyncStream<Heard>.Continuation
    private let heard: AsyncStream<Heard>
    private lazy var loop: Task<Void, Never> = Task { [weak self, heard] in
        for await one in heard { await self?.hand(one) }
    }
    /// Whether the phone's location is listened to.
    private(set) var listening = false

    init(holder: Holder, locator: any Locator) {
        self.holder = holder
        self.locator = locator
        let (heard, said) = AsyncStream.makeStream(of: Heard.self)
        self.said = said
        self.heard = heard
    }

    /// Starts the track of a task, and listens.
    func begin(_ task: TaskId) async throws {
        try await holder.client.tracks().start(input: StartTrack(task: task))
        listen()
    }

    /// Listens again for a track that ran before the app or the phone ended. The core says itself why it was silent.
    func resume() async {
        if (try? await holder.client.screens().track()) != nil { listen() }
    }

    func end() async throws {
        silence()
        try await holder.client.tracks().stop()
    }

    /// Stops listening; the track itself goes on.
    func silence() {
        listening = false
        locator.end()
    }

    func close() async {
        silence()
        said.finish()
        await loop.value
    }

    private func listen() {
        listening = true
        _ = loop
        let said = said
        locator.begin { said.yield($0) }
    }

    /// A refused fix is lost, and the track shows a hole: the next ones are handed over all the same.
    private func hand(_ one: Heard) async {
        do {
            switch one {
            case .fixes(let fixes): _ = try await holder.client.tracks().append(fixes: fixes)
            case .silent(let cause, let bootMs):
                try await holder.client.tracks().notice(cause: cause, heardBootMs: bootMs)
            }
        } catch {
            if await !runs() { silence() }
        }
    }

    /// Whether a track runs; one that cannot be asked for goes on.
    private func runs() async -> Bool {
        do {
            return try await holder.client.screens().track() != nil
        } catch {
            return true
        }
    }
}
