import Observation

/// The files that go with what a person says: pictures of the camera, and pictures and PDFs that the phone has.
@MainActor
@Observable
public final class Attached {
    /// In the order in which they were added.
    public private(set) var paths: [String] = []
    @ObservationIgnored private let phone: Phone

    init(_ phone: Phone) { self.phone = phone }

    /// Takes a picture by the camera on the back; gives whether there is one.
    @discardableResult
    public func shoot() async -> Bool {
        guard let shot = await phone.lens.shoot(.back) else { return false }
        paths.append(shot.path)
        return true
    }

    /// Lets the person choose files.
    public func pick() async { paths += await phone.files.pick() }

    /// Takes a file away again.
    public func remove(_ path: String) {
        paths.removeAll { $0 == path }
        phone.files.drop(path)
    }

    /// The core has read them, or nobody wants them.
    func clear() {
        for path in paths { phone.files.drop(path) }
        paths = []
    }
}
