import FirebeeCore

/// Who holds the client. One client holds the folder of the phone, so that all let it go before the next one is opened.
@MainActor
final class Holder {
    /// The client was let go: the screen that still asks is about to go.
    struct LetGo: Error {}

    private var held: Client?

    init(_ client: Client) { held = client }

    var client: Client {
        get throws {
            guard let held else { throw LetGo() }
            return held
        }
    }

    func letGo() { held = nil }
}
