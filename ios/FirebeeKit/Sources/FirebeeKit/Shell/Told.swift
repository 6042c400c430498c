import FirebeeCore

/// A refusal as a screen shows it: what happened and what to do, the code small below. Every word is the core's.
public struct Told: Equatable, Sendable {
    public let text: String
    public let code: String
    public let action: Action
    public let fields: [FieldNote]

    public init(_ refusal: ClientError) {
        switch refusal {
        case .Failed(let code, let text, let action, let fields):
            self.text = text
            self.code = code
            self.action = action
            self.fields = fields
        }
    }
}
