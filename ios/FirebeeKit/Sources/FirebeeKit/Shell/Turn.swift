/// Calls one after the other, in the order in which they came.
@MainActor
final class Turn {
    private var last: Task<Void, Never>?

    /// Takes a call behind those that wait.
    @discardableResult
    func take(_ call: @escaping @MainActor () async -> Void) -> Task<Void, Never> {
        let before = last
        let mine = Task { @MainActor in
            await before?.value
            await call()
        }
        last = mine
        return mine
    }

    /// Waits for those that were taken so far.
    func over() async { await last?.value }
}
