import FirebeeCore
import Foundation
import Testing

@testable import FirebeeKit

/// A phone on a desk: the real core over a folder of its own, and fakes for what is Apple's.
@MainActor
final class Stand {
    let folder: URL
    let lens: RollLens
    let permissions: AnsweredPermissions
    let locator = SaidLocator()
    let jobs = CountedJobs()
    let preferences = KeptPreferences()
    let files: FolderFiles
    let tags = HeldTag()
    let notices = KeptNotices()
    let home: Home

    init(refused: Set<Permission> = []) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("firebee-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        lens = RollLens(roll: try Stand.roll())
        permissions = AnsweredPermissions(refused: refused)
        files = FolderFiles(folder: folder)
        let phone = Phone(
            lens: lens, permissions: permissions, files: files, locator: locator, jobs: jobs,
            preferences: preferences, tags: tags, notices: notices, version: "0", chinese: true)
        let device = Device(name: "测试机", system: "Linux", app: "0")
        home = Home(
            folder: folder.appendingPathComponent("phone"), device: device, phone: phone, keys: nil, clock: nil)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The shell of an open client.
    func shell() throws -> Shell { try #require(home.shell) }

    /// The address of the server, which scripts/ios started.
    static func server() throws -> String { try #require(variable("FIREBEE_URL")) }

    /// The password with which every account of its firm opens.
    static func password() throws -> String { try #require(variable("FIREBEE_PASSWORD")) }

    private static func roll() throws -> [String] {
        let folder = try #require(variable("FIREBEE_TREE")) + "/tests/fixtures/photos"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return names.filter { $0.hasSuffix(".jpg") }.sorted().map { "\(folder)/\($0)" }
    }

    private static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
