import AVFoundation
import CoreLocation
import FirebeeCore
import FirebeeKit
import Foundation
import UIKit

/// The permissions of iOS, which saves battery without asking anybody.
@MainActor
final class PermissionsAdapter: NSObject, Permissions, CLLocationManagerDelegate {
    private lazy var manager: CLLocationManager = {
        let manager = CLLocationManager()
        manager.delegate = self
        return manager
    }()
    private var answered: CheckedContinuation<Void, Never>?
    private var upgraded = false
    private let notices: NoticesAdapter

    init(notices: NoticesAdapter) { self.notices = notices }

    func granted() -> Set<Permission> {
        var granted: Set<Permission> = [.battery]
        if notices.allowed { granted.insert(.notifications) }
        if location == .always { granted.insert(.locationAlways) }
        if AVCaptureDevice.authorizationStatus(for: .video) == .authorized { granted.insert(.camera) }
        return granted
    }

    func ask(_ permission: Permission) async -> Bool {
        switch permission {
        case .locationAlways: await askForLocation()
        case .camera: await askForCamera()
        case .notifications: await askForNotices()
        case .battery: break
        }
        return granted().contains(permission)
    }

    func openSettings() {
        if let url = URL(string: UIApplication.openSettingsURLString) { UIApplication.shared.open(url) }
    }

    nonisolated func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) {
        MainActor.assumeIsolated {
            guard location != .notDetermined else { return }
            answered?.resume()
            answered = nil
        }
    }

    private var location: Gap.Allowed { Gap.Allowed(rawValue: manager.authorizationStatus.rawValue) ?? .denied }

    private func askForCamera() async {
        let now = AVCaptureDevice.authorizationStatus(for: .video)
        switch Asking.once(decided: now != .notDetermined, granted: now == .authorized) {
        case .nothing: break
        case .ask, .askWhileSeen: _ = await AVCaptureDevice.requestAccess(for: .video)
        case .settings: openSettings()
        }
    }

    private func askForNotices() async {
        switch Asking.once(decided: notices.decided, granted: notices.allowed) {
        case .nothing: break
        case .ask, .askWhileSeen: await notices.ask()
        case .settings: openSettings()
        }
    }

    private func askForLocation() async {
        if Asking.location(location, upgraded: upgraded) == .askWhileSeen {
            await withCheckedContinuation { waiting in
                answered = waiting
                manager.requestWhenInUseAuthorization()
            }
        }
        switch Asking.location(location, upgraded: upgraded) {
        case .nothing, .askWhileSeen: break
        case .ask:
            // The system may answer this one hours later, or never: nobody waits.
            upgraded = true
            manager.requestAlwaysAuthorization()
        case .settings: openSettings()
        }
    }
}
