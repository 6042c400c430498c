/// What reads the NFC tags on the walls.
@MainActor
public protocol TagReader: AnyObject {
    /// Whether this phone can.
    var available: Bool { get }
    /// Waits until a tag is held to the phone, and gives its text; nothing when the person gives up, or the tag has none.
    /// The system shows the hint while it waits.
    func read(hint: String) async -> String?
}
