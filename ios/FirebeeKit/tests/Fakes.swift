import FirebeeCore
import FirebeeKit
import Foundation

/// A camera whose roll is a folder of pictures, and which sees the codes that a test writes on the wall.
@MainActor
final class RollLens: Lens {
    var wall: [String] = []
    var dropped: [Shot] = []
    var sides: [Side] = []
    private var roll: [String]

    init(roll: [String]) { self.roll = roll }

    func shoot(_ side: Side) async -> Shot? {
        sides.append(side)
        return roll.isEmpty ? nil : Shot(path: roll.removeFirst())
    }
    func codes() -> AsyncStream<String> {
        AsyncStream { tell in
            for code in wall { tell.yield(code) }
            tell.finish()
        }
    }
    func drop(_ shot: Shot) { dropped.append(shot) }
}

/// A person who allows everything that is asked for, but what is in `refused`.
@MainActor
final class AnsweredPermissions: Permissions {
    var asked: [Permission] = []
    var allowed: Set<Permission> = []
    let refused: Set<Permission>

    init(refused: Set<Permission> = []) { self.refused = refused }

    func granted() -> Set<Permission> { allowed }
    func ask(_ permission: Permission) async -> Bool {
        asked.append(permission)
        if !refused.contains(permission) { allowed.insert(permission) }
        return allowed.contains(permission)
    }
    func openSettings() {}
}

/// Files in one folder.
@MainActor
final class FolderFiles: Files {
    let folder: URL
    var shared: [String] = []
    /// What the person chooses next.
    var chosen: [String] = []
    var dropped: [String] = []

    init(folder: URL) { self.folder = folder }

    func signature(_ strokes: [Stroke]) -> String? { nil }
    func pick() async -> [String] { chosen }
    func drop(_ path: String) {
        dropped.append(path)
        // The pictures of the roll belong to the tree.
        if path.hasPrefix(folder.path) { try? FileManager.default.removeItem(atPath: path) }
    }
    func exportPath() -> String { folder.appendingPathComponent("export.firebee").path }
    func share(_ path: String) { shared.append(path) }
}

/// A location that says what a test says.
@MainActor
final class SaidLocator: Locator {
    private(set) var hear: (@Sendable (Heard) -> Void)?

    func begin(_ hear: @escaping @Sendable (Heard) -> Void) { self.hear = hear }
    func end() { hear = nil }
}

@MainActor
final class CountedJobs: Jobs {
    var planned = 0

    func plan() { planned += 1 }
}

@MainActor
final class KeptPreferences: Preferences {
    var server: String?
    var tongue: Tongue = .chinese
    var theme: Theme = .phone
    var screenshots = false
}

/// A tag that is held to the phone, or none.
@MainActor
final class HeldTag: TagReader {
    var text: String?
    private(set) var hints: [String] = []

    var available: Bool { text != nil }
    func read(hint: String) async -> String? {
        hints.append(hint)
        return text
    }
}

/// A board that shows what was posted and not taken down, and what the phone's clock will show.
@MainActor
final class KeptNotices: Notices {
    var seen = true
    var posted: [Bulletin] = []
    var planned: [Planned] = []

    func post(_ bulletin: Bulletin) { posted = posted.filter { $0.key != bulletin.key } + [bulletin] }
    func takeDown(_ key: String) { posted.removeAll { $0.key == key } }
    func plan(_ coming: [Planned]) { planned = coming }
    func clear() { (posted, planned) = ([], []) }
}
