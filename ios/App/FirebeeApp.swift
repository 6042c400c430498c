import FirebeeCore
import FirebeeKit
import SwiftUI
import UIKit

@main
struct FirebeeApp: App {
    @State private var device = PhoneParts()
    @Environment(\.scenePhase) private var phase

    var body: some Scene {
        WindowGroup {
            Entrance(home: device.home, camera: device.camera, capture: device.capture)
                .buttonStyle(.bordered)
                .task { await device.home.open() }
                .task { await device.followNetwork() }
                .onOpenURL { device.home.follow(link: $0) }
                .onChange(of: phase) { _, now in
                    Task { await device.turn(now) }
                }
        }
    }
}

/// The adapters of this phone, made once.
@MainActor
final class PhoneParts {
    let home: Home
    let camera: CameraAdapter
    let capture = CaptureAdapter()
    private let jobs = JobsAdapter()
    private let notices = NoticesAdapter()
    private let network = NetworkAdapter()

    init() {
        let clock = PhoneClock(ticks: SystemTicks())
        let location = LocationAdapter(clock: clock)
        camera = CameraAdapter { location.stamp }
        let version = Bundle.main.infoDictionary?["CFBundleShortVersionString"] as? String ?? ""
        let phone = Phone(
            lens: camera, permissions: PermissionsAdapter(notices: notices), files: FilesAdapter(), locator: location,
            jobs: jobs, preferences: PreferencesAdapter(), tags: NearAdapter(), notices: notices, version: version,
            chinese: Locale.preferredLanguages.first?.hasPrefix("zh") ?? false)
        let device = Device(
            name: UIDevice.current.model, system: UIDevice.current.systemVersion, app: version)
        home = Home(
            folder: PhoneParts.folder(), device: device, phone: phone, keys: Keys(vault: EnclaveVault()),
            clock: clock)
        jobs.register(home)
        notices.register { [home] in home.follow(link: $0) }
    }

    /// The core's waits for another network end when the network is another one.
    func followNetwork() async {
        for await kind in network.kinds() { await home.network(kind) }
    }

    func turn(_ phase: ScenePhase) async {
        if phase == .active {
            await notices.refresh()
            await home.resume()
        }
        if phase == .background { await home.rest() }
    }

    /// The client's folder: kept out of backups, readable after the first unlock.
    private static func folder() -> URL {
        // Every app of iOS has this folder.
        let support = FileManager.default.urls(for: .applicationSupportDirectory, in: .userDomainMask)[0]
        var folder = support.appendingPathComponent("firebee")
        let protection = [FileAttributeKey.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication]
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: protection)
        var kept = URLResourceValues()
        kept.isExcludedFromBackup = true
        try? folder.setResourceValues(kept)
        return folder
    }
}
