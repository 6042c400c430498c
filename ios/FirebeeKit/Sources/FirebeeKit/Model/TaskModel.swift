import FirebeeCore
import Foundation
import Observation

/// A task: its items, what is still missing, who and what was there, and its acts.
@MainActor
@Observable
public final class TaskModel {
    @ObservationIgnored public let page: Page<TaskScreen>
    /// The makers of controllers that hold the words that were typed last.
    private var makers: [PickOption] = []
    /// Why the task is given away or up, and to whom, while it is typed.
    @ObservationIgnored public let leaving: Typed
    /// A controller's brand, while it is typed.
    @ObservationIgnored public let brand: Typed
    /// The name of somebody else who is there, while it is typed.
    @ObservationIgnored public let another: Typed
    /// The witness and the signature, while they are entered.
    @ObservationIgnored public let signing: Typed
    @ObservationIgnored public let task: TaskId
    @ObservationIgnored private let shell: Shell

    public init(_ shell: Shell, task: TaskId) {
        self.shell = shell
        self.task = task
        leaving = shell.typed("leaving \(task)")
        brand = shell.typed("controller \(task)")
        another = shell.typed("helper \(task)")
        signing = shell.typed("witness \(task)")
        page = Page(shell) { try await shell.client.screens().task(task: task) }
    }

    /// Who was told of a system, and who put it back, while it is typed.
    public func restoring(_ system: Isolable) -> Typed { shell.restoring(task, system) }

    /// The lines of the witness's finger so far.
    public var strokes: [Stroke] {
        get { Signature.strokes(signing["strokes"]) }
        set { signing["strokes"] = Signature.text(newValue) }
    }

    /// Goes to where a step is done; nothing for a step that is done on this screen.
    public func step(_ step: Step) {
        switch step.kind {
        case .item(let instance), .fault(let instance): shell.go(.item(task, instance))
        case .photo(let purpose): shell.go(.camera(task, purpose, nil))
        case .selfie: selfie()
        case .restore, .line, .controller, .witness: break
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

    /// The panel of the controller.
    public func panel() {
        shell.go(.camera(task, Purpose(role: .panel, instance: nil), nil))
    }

    /// The makers that one chooses from: the listed ones, or those that hold what is typed.
    public func offered(_ choice: ControllerChoice) -> [PickOption] {
        Array((brand["brand"].isEmpty ? choice.listed : makers).prefix(Self.shown))
    }

    /// Looks for makers of controllers by what is typed as the brand.
    public func find(maker words: String) async {
        brand["brand"] = words
        await page.calls.caught {
            let found = words.isEmpty ? [] : try await shell.client.screens().controllers(task: task, words: words)
            if brand["brand"] == words { makers = found }
        }
    }

    /// No brand says that there is no alarm system.
    public func controller(_ brand: String?) async {
        await act {
            try await $0.setController(task: $1, brand: brand)
            self.brand.done()
        }
    }

    public func helper(_ name: String, there: Bool) async {
        let chosen = page.view?.helpers.filter(\.chosen).map(\.name) ?? []
        let helpers = Self.changed(chosen, name, there)
        await act { try await $0.setHelpers(task: $1, helpers: helpers) }
    }

    /// Somebody who is on no list.
    public func add(_ name: String) async {
        let chosen = page.view?.helpers.filter(\.chosen).map(\.name) ?? []
        let helpers = Self.changed(chosen, name.trimmingCharacters(in: .whitespaces), true)
        await act {
            try await $0.setHelpers(task: $1, helpers: helpers)
            another.done()
        }
    }

    public func instrument(_ number: String, used: Bool) async {
        let chosen = page.view?.instruments.filter(\.chosen).map(\.number) ?? []
        let instruments = Self.changed(chosen, number, used)
        await act { try await $0.setInstruments(task: $1, instruments: instruments) }
    }

    public func isolate(_ system: Isolable, told: String) async {
        await act {
            try await $0.isolate(input: IsolateSystem(task: $1, system: system, told: told))
            restoring(system).done()
        }
    }

    /// A line of the firm's checklist is done.
    public func confirm(_ line: String) async {
        await act { try await $0.confirmLine(task: $1, line: line) }
    }

    /// The photo of the panel records that the system is back.
    public func putBack(_ system: Isolable, by: String) {
        let purpose = Purpose(role: .restored, instance: nil)
        shell.go(.camera(task, purpose, Restored(system: system, by: by)))
    }

    /// Keeps the signature of the witness who is entered.
    public func witness() async {
        guard let picture = shell.phone.files.signature(strokes) else { return }
        await act {
            try await $0.witness(task: $1, name: signing["name"], role: signing["role"], path: picture)
            signing.done()
        }
        shell.phone.files.drop(picture)
    }

    public func track() async {
        await page.calls.act { try await shell.tracker.begin(task) }
    }

    public func submit() async {
        await page.calls.act {
            try await shell.client.tasks().submit(task: task)
            await shell.tracker.settle()
        }
    }

    /// Who is to go on with the task.
    public var receiver: AccountId? {
        get { AccountId(leaving["to"]) }
        set { leaving["to"] = newValue?.value ?? "" }
    }

    public func handOver() async {
        await page.calls.act {
            guard let receiver else { return }
            let input = HandOverTask(task: task, to: receiver, reason: leaving["reason"])
            try await shell.client.tasks().handOver(input: input)
            await left()
        }
    }

    public func discard() async {
        await page.calls.act {
            try await shell.client.tasks().discard(input: DiscardTask(task: task, reason: leaving["reason"]))
            await left()
        }
    }

    /// The task is not worked on here any more.
    private func left() async {
        leaving.done()
        await shell.tracker.settle()
        shell.leave(task)
    }

    private func act(_ call: @MainActor (Tasks, TaskId) async throws -> Void) async {
        await page.calls.act { try await call(shell.client.tasks(), task) }
    }

    /// So many makers are shown; the others are found by typing.
    private static let shown = 6

    private static func changed(_ chosen: [String], _ one: String, _ there: Bool) -> [String] {
        let others = chosen.filter { $0 != one }
        return there ? others + [one] : others
    }
}
