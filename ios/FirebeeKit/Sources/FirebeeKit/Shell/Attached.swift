import Foundation
import Observation

/// The files that go with what a person says: pictures of the camera, and pictures and PDFs that the phone has.
@MainActor
@Observable
public final class Attached {
    @ObservationIgnored private let phone: Phone
    @ObservationIgnored private let typed: Typed

    init(_ phone: Phone, _ typed: Typed) {
        self.phone = phone
        self.typed = typed
    }

    /// In the order in which they were added, without those that the system has deleted meanwhile.
    public private(set) var paths: [String] {
        get {
            let kept = typed[Self.field].split(separator: "\n").map(String.init)
            return kept.filter { FileManager.default.fileExists(atPath: $0) }
        }
        set { typed[Self.field] = newValue.joined(separator: "\n") }
    }

    /// Takes a picture by the camera on the back; gives whether there is one.
    @discardableResult
    public func shoot() async -> Bool {
        guard let shot = await phone.lens.shoot(.back) else { return false }
        await add([shot.path])
        return true
    }

    /// Lets the person choose files.
    public func pick() async { await add(await phone.files.pick()) }

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

    /// Behind those that were kept.
    private func add(_ new: [String]) async {
        _ = await typed.known()
        paths += new
    }

    private static let field = "files"
}
