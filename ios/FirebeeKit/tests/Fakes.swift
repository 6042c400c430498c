import FirebeeCore
import FirebeeKit
import Foundation

/// A camera whose roll is a folder of pictures.
@MainActor
final class RollLens: Lens {
    var dropped: [Shot] = []
    var sides: [Side] = []
    private var roll: [String]

    init(roll: [String]) { self.roll = roll }

    func shoot(_ side: Side) async -> Shot? {
        sides.append(side)
        return roll.isEmpty ? nil : Shot(path: roll.removeFirst())
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

    init(folder: URL) { self.folder = folder }

    func signature(_ strokes: [Stroke]) -> String? { nil }
    func drop(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
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
}
