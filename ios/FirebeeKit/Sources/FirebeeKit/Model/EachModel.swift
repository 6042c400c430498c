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
        /// What is the same at each instance.
        let draft: Draft
    }

    @ObservationIgnored public let page: Page<View>
    /// What is typed at the instances: a field is an ordinal and the key of a question.
    private let typed: Typed
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let task: TaskId
    @ObservationIgnored private let at: Instance

    /// What is the same at each instance is taken from the form of `at`.
    public init(_ shell: Shell, task: TaskId, at: Instance) {
        self.shell = shell
        self.task = task
        self.at = at
        typed = shell.typed("each \(task) \(at.item)")
        page = Page(shell) {
            let screen = try await shell.client.screens().item(task: task, instance: at)
            guard let rest = screen.rest else { return nil }
            return View(
                name: screen.name, questions: screen.form.questions.filter { rest.measured.contains($0.key) },
                rows: screen.instances.filter { $0.verdict == nil }, rest: rest, draft: screen.form.draft)
        }
    }

    public func value(_ row: InstanceRow, _ key: String) -> String { typed["\(row.ordinal) \(key)"] }

    public func type(_ row: InstanceRow, _ key: String, _ text: String) { typed["\(row.ordinal) \(key)"] = text }

    /// At how many instances something is typed.
    public var count: Int { Self.measured(typed.texts).count }

    /// What the core said of an instance when it refused.
    public func notes(_ row: InstanceRow) -> [FieldNote] {
        page.calls.told?.fields.filter { $0.ordinal == row.ordinal } ?? []
    }

    /// Records what was typed. An instance at which nothing was typed is left for later.
    public func save() async {
        await page.calls.act {
            guard let view = page.view else { return }
            let measured = Self.measured(await typed.known())
            _ = try await shell.client.tasks().recordEach(
                task: task, item: at.item, draft: view.draft, measured: measured)
            typed.done()
            shell.back()
        }
    }

    private static func measured(_ texts: [String: String]) -> [Measured] {
        var values: [Int32: [FieldValue]] = [:]
        for (field, text) in texts.sorted(by: { $0.key < $1.key }) where !text.isEmpty {
            let parts = field.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let ordinal = Int32(parts[0]) else { continue }
            values[ordinal, default: []].append(FieldValue(key: String(parts[1]), value: text))
        }
        return values.sorted { $0.key < $1.key }.map { Measured(ordinal: $0.key, values: $0.value) }
    }
}
