import FirebeeCore
import Foundation

/// Everybody who wants to read again when something changed.
@MainActor
final class Hearing {
    private var tells: [UUID: AsyncStream<Void>.Continuation] = [:]
    private var loops: [UUID: Task<Void, Never>] = [:]

    /// Tells at once and at each change, until the listener goes away; several changes may become one. It listens before
    /// the first reading, so that no change falls between.
    func listen(to client: Client) -> AsyncStream<Void> {
        let (stream, tell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let heard = client.changes()
        let id = UUID()
        tells[id] = tell
        tell.yield()
        loops[id] = Task.detached {
            while await heard.next() != nil { tell.yield() }
            tell.finish()
        }
        // A cancelled task of Swift goes on waiting for Rust: the core is told that nobody listens any more.
        tell.onTermination = { [weak self] _ in
            heard.stop()
            Task { @MainActor [weak self] in self?.forget(id) }
        }
        return stream
    }

    /// Tells everybody to read again.
    func tellAll() {
        for tell in tells.values { tell.yield() }
    }

    /// Ends every listener, and returns when none holds the client any more.
    func end() async {
        for tell in tells.values { tell.finish() }
        for loop in loops.values { await loop.value }
        tells = [:]
        loops = [:]
    }

    private func forget(_ id: UUID) {
        tells[id] = nil
        loops[id] = nil
    }
}
