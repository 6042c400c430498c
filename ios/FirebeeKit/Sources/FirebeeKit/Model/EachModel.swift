import FirebeeCore
import Observation

/// The instances of an item without a result, where something is measured at each: one answer has a value for every one
///
@MainActor
@Observable
public final class EachModel {
    public struct View: Sendable {
        public let name: String
        /// The questions that are asked at each instance.
        public let questions: [Question]
        /// The instances without a result, in the order of the project's list.
        public let rows: [InstanceRow]
        public let rest: Rest
    }

    @ObservationIgnored public private(set) var page: Page<View>!
    /// What is typed at the instances. It is kept as the draft of each, so that nothing is lost.
    private var entries: [Int32: Entry] = [:]
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let task: TaskId
    @ObservationIgnored private let at: Instance
    @ObservationIgnored private var shared: Draft?

    /// What is the same at each instance is taken from the form of `at`.
    public init(_ shell: Shell, task: TaskId, at: Instance) {
        self.shell = shell
        self.task = task
        self.at = at
        page = Page(shell) { [weak self] in try await self?.read() }
    }

    public func value(_ row: InstanceRow, _ key: String) -> String { entries[row.ordinal]?.values[key] ?? "" }

    public func type(_ row: InstanceRow, _ key: String, _ text: String) {
        guard var entry = entries[row.ordinal] ?? shared.map(Entry.init) else { return }
        entry.position = row.position
        entry.values[key] = text
        entries[row.ordinal] = entry
        shell.keep(entry, task, instance(row))
    }

    /// What the core said of an instance when it refused.
    public func notes(_ row: InstanceRow) -> [FieldNote] {
        page.calls.told?.fields.filter { $0.ordinal == row.ordinal } ?? []
    }

    /// Records what was typed. An instance at which nothing was typed is left for later.
    public func save() async {
        await page.calls.act {
            guard let view = page.view, let shared else { return }
            let typed = view.rows.filter { row in view.questions.contains { !value(row, $0.key).isEmpty } }
            let measured = typed.map { row in
                Measured(
                    ordinal: row.ordinal,
                    values: view.questions.map { FieldValue(key: $0.key, value: value(row, $0.key)) })
            }
            _ = try await shell.client.tasks().recordEach(
                task: task, item: at.item, draft: shared, measured: measured)
            for row in typed { shell.keep(nil, task, instance(row)) }
            shell.back()
        }
    }

    private func instance(_ row: InstanceRow) -> Instance { Instance(item: at.item, ordinal: row.ordinal) }

    private func read() async throws -> View? {
        let screen = try await shell.client.screens().item(task: task, instance: at)
        guard let rest = screen.rest else { return nil }
        let draft = shell.draft(task, at)?.draft ?? screen.form.draft
        let form = try await shell.client.tasks().answer(task: task, instance: at, draft: draft)
        shared = draft
        let rows = screen.instances.filter { $0.verdict == nil }
        for row in rows where entries[row.ordinal] == nil { entries[row.ordinal] = shell.draft(task, instance(row)) }
        return View(
            name: screen.name, questions: form.questions.filter { rest.measured.contains($0.key) }, rows: rows,
            rest: rest)
    }
}
