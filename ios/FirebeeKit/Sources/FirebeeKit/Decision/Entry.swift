import FirebeeCore

/// What a person has entered for one instance, as it is edited.
public struct Entry: Equatable, Sendable {
    public var position: String?
    public var variant: String?
    public var values: [String: String] = [:]
    public var verdict: Verdict?
    public var reason: String?
    public var reasonCode: String?
    public var part: String?
    public var defect: String?
    public var fault: String?
    public var photos: [FactId] = []
    public var instrument: String?

    init(_ draft: Draft) {
        position = draft.position
        variant = draft.variant
        values = Dictionary(draft.values.map { ($0.key, $0.value) }) { _, last in last }
        verdict = draft.verdict
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
            verdict: verdict, reason: reason, reasonCode: reasonCode,
            fault: said.map { FaultText(part: part, defect: defect, text: $0) },
            photos: photos, instrument: instrument)
    }
}
