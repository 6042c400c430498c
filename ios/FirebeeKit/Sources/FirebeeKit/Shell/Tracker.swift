import FirebeeCore

/// Records the track of the running task. The core keeps fixes in the order of their coming, so one loop hands them over; what
/// the phone says in between waits.
@MainActor
public final class Tracker {
    private let holder: Holder
    private let locator: any Locator
    private let said: AsyncStream<Heard>.Continuation
    private let heard: AsyncStream<Heard>
    private lazy var loop: Task<Void, Never> = Task { [weak self, heard] in
        for await one in heard { await self?.hand(one) }
    }
    /// Tells whoever should know that the track broke off, or goes on.
    var remind: @MainActor () async -> Void = {}
    private var silent = false
    private var watch: Task<Void, Never>?
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
        deafen()
        try await holder.client.tracks().stop()
        await remind()
    }

    /// After a task has ended: one walk serves all tasks of a day, and the core ends it with the last of them.
    func settle() async {
        if await !runs() { deafen() }
        await remind()
    }

    /// Stops listening; the track itself goes on.
    private func deafen() {
        listening = false
        watch?.cancel()
        locator.end()
    }

    func close() async {
        deafen()
        await watch?.value
        said.finish()
        await loop.value
    }

    private func listen() {
        listening = true
        _ = loop
        let said = said
        locator.begin { said.yield($0) }
        watch?.cancel()
        // Satellites that say nothing do not say that either.
        watch = Task { [weak self] in
            while (try? await Task.sleep(for: Self.look)) != nil { await self?.remind() }
        }
    }

    /// A refused fix is lost, and the track shows a hole: the next ones are handed over all the same.
    private func hand(_ one: Heard) async {
        do {
            switch one {
            case .fixes(let fixes): _ = try await holder.client.tracks().append(fixes: fixes)
            case .silent(let cause, let bootMs):
                try await holder.client.tracks().notice(cause: cause, heardBootMs: bootMs)
            }
            if silent || one.isSilent { await remind() }
            silent = one.isSilent
        } catch {
            if await !runs() { deafen() }
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

    /// How often a silence is looked for while a track runs.
    private static let look: Duration = .seconds(60)
}
