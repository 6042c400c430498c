import FirebeeCore
import Observation

/// A task: its items, what is still missing, who and what was there, and its acts.
@MainActor
@Observable
public final class TaskModel {
    @ObservationIgnored public let page: Page<TaskScreen>
    /// The words that a maker of controllers is sought by, and who holds them.
    public private(set) var sought = ""
    public private(set) var makers: [PickOption] = []
    @ObservationIgnored public let task: TaskId
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell, task: TaskId) {
        self.shell = shell
        self.task = task
        page = Page(shell) { try await shell.client.screens().task(task: task) }
    }

    /// Goes to where a step is done; nothing for a step that is done on this screen.
    public func step(_ step: Step) {
        switch step.kind {
        case .item(let instance), .fault(let instance): shell.go(.item(task, instance))
        case .photo(let purpose): shell.go(.camera(task, purpose, nil))
        case .selfie: selfie()
        case .restore, .controller, .witness: break
        }
    }

    public func open(_ row: ItemRow) {
        shell.go(.item(task, Instance(item: row.item, ordinal: 1)))
    }

    public func selfie() {
        shell.go(.camera(task, Purpose(role: .selfie, instance: nil), nil))
    }

    /// Looks for the QR code of an instance of any item.
    public func scan() { shell.go(.scan(task, nil)) }

    /// The makers of controllers that hold the words.
    public func find(maker words: String) async {
        sought = words
        await page.calls.caught {
            makers = words.isEmpty ? [] : try await shell.client.screens().controllers(task: task, words: words)
        }
    }

    /// No brand says that there is no alarm system.
    public func controller(_ brand: String?) async {
        await act { try await $0.setController(task: $1, brand: brand) }
    }

    public func helper(_ name: String, there: Bool) async {
        let chosen = page.view?.helpers.filter(\.chosen).map(\.name) ?? []
        let helpers = Self.changed(chosen, name, there)
        await act { try await $0.setHelpers(task: $1, helpers: helpers) }
    }

    public func instrument(_ number: String, used: Bool) async {
        let chosen = page.view?.instruments.filter(\.chosen).map(\.number) ?? []
        let instruments = Self.changed(chosen, number, used)
        await act { try await $0.setInstruments(task: $1, instruments: instruments) }
    }

    public func isolate(_ system: Isolable, told: String) async {
        await act { try await $0.isolate(input: IsolateSystem(task: $1, system: system, told: told)) }
    }

    /// The photo of the panel records that the system is back.
    public func putBack(_ system: Isolable, by: String) {
        let purpose = Purpose(role: .restored, instance: nil)
        shell.go(.camera(task, purpose, Restored(system: system, by: by)))
    }

    public func witness(name: String, role: String, strokes: [Stroke]) async {
        guard let picture = shell.phone.files.signature(strokes) else { return }
        await act { try await $0.witness(task: $1, name: name, role: role, path: picture) }
        shell.phone.files.drop(picture)
    }

    public func track() async {
        await page.calls.act { try await shell.tracker.begin(task) }
    }

    public func submit() async {
        await page.calls.act {
            try await shell.client.tasks().submit(task: task)
            shell.tracker.silence()
        }
    }

    public func handOver(to account: AccountId, reason: String) async {
        await page.calls.act {
            let input = HandOverTask(task: task, to: account, reason: reason)
            try await shell.client.tasks().handOver(input: input)
            shell.back()
        }
    }

    public func discard(reason: String) async {
        await page.calls.act {
            try await shell.client.tasks().discard(input: DiscardTask(task: task, reason: reason))
            shell.back()
        }
    }

    private func act(_ call: @MainActor (Tasks, TaskId) async throws -> Void) async {
        await page.calls.act { try await call(shell.client.tasks(), task) }
    }

    private static func changed(_ chosen: [String], _ one: String, _ there: Bool) -> [String] {
        let others = chosen.filter { $0 != one }
        return there ? others + [one] : others
    }
}
