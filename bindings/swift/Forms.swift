// How ids are written. A text that a server or another app hands over is checked before it becomes an id.

/// An id: a text of one form that keeps its own type, so that no task's id passes for a plan's.
public protocol TextId: Hashable, Sendable, Codable, LosslessStringConvertible {
    /// The id as it is written.
    var value: String { get }
}

extension TextId {
    public var description: String { value }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a \(Self.self)")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

func isUuid(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(isHex) }
}

func isContent(_ text: String) -> Bool {
    let prefix = "sha256-"
    let digits = text.dropFirst(prefix.count)
    return text.hasPrefix(prefix) && digits.count == 64 && digits.allSatisfy(isHex)
}

private func isHex(_ character: Character) -> Bool {
    ("0"..."9").contains(character) || ("a"..."f").contains(character)
}
