import CoreLocation
import FirebeeCore
import FirebeeKit
import Foundation

/// CoreLocation, also while the app is not seen.
@MainActor
final class LocationAdapter: NSObject, Locator, CLLocationManagerDelegate {
    private let clock: PhoneClock
    private var hear: (@Sendable (Heard) -> Void)?
    private lazy var manager: CLLocationManager = {
        let manager = CLLocationManager()
        manager.delegate = self
        manager.desiredAccuracy = kCLLocationAccuracyBest
        manager.distanceFilter = kCLDistanceFilterNone
        manager.pausesLocationUpdatesAutomatically = false
        manager.showsBackgroundLocationIndicator = true
        return manager
    }()

    /// Where and when a picture is taken now, as far as the phone knows.
    var stamp: Stamp? { manager.location.flatMap { Stamp(Place($0), at: $0.timestamp) } }

    init(clock: PhoneClock) { self.clock = clock }

    func begin(_ hear: @escaping @Sendable (Heard) -> Void) {
        self.hear = hear
        manager.allowsBackgroundLocationUpdates = true
        manager.startUpdatingLocation()
        tell(lost: false)
    }

    func end() {
        hear = nil
        manager.stopUpdatingLocation()
        manager.allowsBackgroundLocationUpdates = false
    }

    nonisolated func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {
        let places = locations.map(Place.init)
        // CoreLocation calls on the thread that made the manager: the main one.
        MainActor.assumeIsolated {
            let now = clock.bootMs
            hear?(.fixes(places.compactMap { $0.fix(bootMs: now) }))
        }
    }

    nonisolated func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) {
        MainActor.assumeIsolated { tell(lost: false) }
    }

    nonisolated func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {
        MainActor.assumeIsolated { tell(lost: true) }
    }

    private func tell(lost: Bool) {
        // What the system adds to its list one day is no permission.
        let allowed = Gap.Allowed(rawValue: manager.authorizationStatus.rawValue) ?? .denied
        let cause = Gap.cause(
            servicesOn: CLLocationManager.locationServicesEnabled(), allowed: allowed,
            precise: manager.accuracyAuthorization == .fullAccuracy,
            saving: ProcessInfo.processInfo.isLowPowerModeEnabled, lost: lost)
        if let cause { hear?(.silent(cause, bootMs: clock.bootMs)) }
    }
}

extension Place {
    init(_ location: CLLocation) {
        self.init(
            lat: location.coordinate.latitude, lon: location.coordinate.longitude,
            horizontalAccuracy: location.horizontalAccuracy, verticalAccuracy: location.verticalAccuracy,
            speedAccuracy: location.speedAccuracy, age: -location.timestamp.timeIntervalSinceNow,
            simulated: location.sourceInformation?.isSimulatedBySoftware ?? false)
    }
}
