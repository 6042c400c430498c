/// The camera of the phone.
@MainActor
public protocol Lens: AnyObject {
    /// Takes a picture into a file of its own; nothing when the camera did not answer.
    func shoot(_ side: Side) async -> Shot?
    /// The QR codes that the camera on the back sees, until nobody listens any more.
    func codes() -> AsyncStream<String>
    /// Deletes the files of a shot: the core has read them, or nobody wants them.
    func drop(_ shot: Shot)
}

/// Which of the phone's cameras.
public enum Side: Sendable { case back, front }

/// The file of a picture and, where the core cannot decode it, that of a JPEG that shows the same.
public struct Shot: Hashable, Sendable {
    public let path: String
    public let preview: String?

    public init(path: String, preview: String? = nil) {
        self.path = path
        self.preview = preview
    }
}
