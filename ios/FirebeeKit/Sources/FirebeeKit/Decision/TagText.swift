import Foundation

/// What a tag on the wall says: a QR code, or a record of an NFC tag in the form of NDEF.
public enum TagText {
    /// The ways that the type of a record is given, by their numbers in NDEF.
    public enum Form: UInt8, Sendable {
        case empty, wellKnown, media, absolute, external, unknown, unchanged
    }

    /// The text of a record; nothing for a record that holds none.
    public static func of(form: Form?, type: Data, payload: Data) -> String? {
        switch (form, String(decoding: type, as: UTF8.self)) {
        case (.wellKnown, "T"): said(payload)
        case (.wellKnown, "U"): address(payload)
        case (.media, let media) where media.hasPrefix("text/"): whole(payload)
        case (.external, _): whole(payload)
        default: nil
        }
    }

    /// The first text among the records of a tag.
    public static func first(_ texts: [String?]) -> String? {
        texts.lazy.compactMap { $0 }.first { !$0.isEmpty }
    }

    /// A text behind the name of its language. The first byte holds the length of that name and whether the text is UTF-16.
    private static func said(_ payload: Data) -> String? {
        guard let status = payload.first else { return nil }
        let text = payload.dropFirst(1 + Int(status & 0x3f))
        return status & 0x80 == 0 ? whole(text) : String(data: text, encoding: .utf16)
    }

    /// An address, whose first byte stands for its beginning.
    private static func address(_ payload: Data) -> String? {
        guard let first = payload.first, Int(first) < beginnings.count else { return nil }
        return whole(payload.dropFirst()).map { beginnings[Int(first)] + $0 }
    }

    private static func whole(_ bytes: Data) -> String? { String(data: bytes, encoding: .utf8) }

    /// The beginnings that a tag on a wall may have. Rarer ones are not read.
    private static let beginnings = ["", "http://www.", "https://www.", "http://", "https://", "tel:", "mailto:"]
}
