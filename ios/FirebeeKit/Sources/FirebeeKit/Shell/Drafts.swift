import FirebeeCore
import Foundation

/// What a person has entered for one instance, as it is edited and kept.
public struct Entry: Codable, Hashable, Sendable {
    public var position: String?
    public var variant: String?
    public var values: [String: String] = [:]
    public var verdict: Choice?
    public var reason: String?
    public var reasonCode: String?
    public var part: String?
    public var defect: String?
    public var fault: String?
    public var photos: [FactId] = []
    public var instrument: String?

    /// The verdicts, as they are written into the file.
    public enum Choice: String, Codable, Sendable { case conform, nonconform, untestable }

    init(_ draft: Draft) {
        position = draft.position
        variant = draft.variant
        values = Dictionary(draft.values.map { ($0.key, $0.value) }) { _, last in last }
        verdict = draft.verdict.map(Choice.init)
        reason = draft.reason
        reasonCode = draft.reasonCode
        part = draft.fault?.part
        defect = draft.fault?.defect
        fault = draft.fault?.text
        photos = draft.photos
        instrument = draft.instrument
    }

    /// The same as the core takes it.
    var draft: Draft {
        let said = fault ?? (part ?? defect).map { _ in "" }
        return Draft(
            position: position, variant: variant,
            values: values.sorted { $0.key < $1.key }.map { FieldValue(key: $0.key, value: $0.value) },
            verdict: verdict?.verdict, reason: reason, reasonCode: reasonCode,
            fault: said.map { FaultText(part: part, defect: defect, text: $0) },
            photos: photos, instrument: instrument)
    }
}

extension Entry.Choice {
    public init(_ verdict: Verdict) {
        switch verdict {
        case .conform: self = .conform
        case .nonconform: self = .nonconform
        case .untestable: self = .untestable
        }
    }

    var verdict: Verdict {
        switch self {
        case .conform: .conform
        case .nonconform: .nonconform
        case .untestable: .untestable
        }
    }
}

/// What was entered and is not recorded yet. It lies in a file, so that neither the back button nor the end of the app
/// loses it.
@MainActor
final class Drafts {
    private let file: URL
    private var held: [String: Entry]

    init(file: URL) {
        self.file = file
        let kept = try? Data(contentsOf: file)
        held = kept.flatMap { try? JSONDecoder().decode([String: Entry].self, from: $0) } ?? [:]
    }

    subscript(task: TaskId, at: Instance) -> Entry? {
        get { held[key(task, at)] }
        set {
            held[key(task, at)] = newValue
            // What cannot be written now is written with the next letter; the screen still holds it.
            try? JSONEncoder().encode(held).write(to: file, options: .atomic)
        }
    }

    /// The account is erased from this phone, and with it what was entered for it.
    func erase() {
        held = [:]
        try? FileManager.default.removeItem(at: file)
    }

    private func key(_ task: TaskId, _ at: Instance) -> String { "\(task)/\(at.item)/\(at.ordinal)" }
}
