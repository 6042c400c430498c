// What the adapters call of CoreLocation. A comment `= name` says how the probe in ../sdk calls it, where that differs.
@_exported import Foundation

public struct CLLocationCoordinate2D {
    public var latitude: Double
    public var longitude: Double
}
open class CLLocation: NSObject {
    open var coordinate: CLLocationCoordinate2D { fatalError() }
    open var horizontalAccuracy: Double { fatalError() }
    open var verticalAccuracy: Double { fatalError() }
    open var speedAccuracy: Double { fatalError() }
    open var timestamp: Date { fatalError() }
    open var sourceInformation: CLLocationSourceInformation? { fatalError() }
}
open class CLLocationSourceInformation: NSObject {
    open var isSimulatedBySoftware: Bool { fatalError() }
}
public enum CLAuthorizationStatus: Int32, Sendable {
    case notDetermined  // = kCLAuthorizationStatusNotDetermined
    case restricted  // = kCLAuthorizationStatusRestricted
    case denied  // = kCLAuthorizationStatusDenied
    case authorizedAlways  // = kCLAuthorizationStatusAuthorizedAlways
    case authorizedWhenInUse  // = kCLAuthorizationStatusAuthorizedWhenInUse
}
public enum CLAccuracyAuthorization: Int, Sendable {
    case fullAccuracy  // = CLAccuracyAuthorizationFullAccuracy
}
public let kCLLocationAccuracyBest = -1.0
public let kCLDistanceFilterNone = -1.0
open class CLLocationManager: NSObject {
    open weak var delegate: (any CLLocationManagerDelegate)?
    open var desiredAccuracy: Double = 0
    open var distanceFilter: Double = 0
    open var pausesLocationUpdatesAutomatically: Bool = true
    open var showsBackgroundLocationIndicator: Bool = false
    open var allowsBackgroundLocationUpdates: Bool = false
    open var authorizationStatus: CLAuthorizationStatus { fatalError() }
    open var accuracyAuthorization: CLAccuracyAuthorization { fatalError() }
    open class func locationServicesEnabled() -> Bool { fatalError() }
    open var location: CLLocation? { fatalError() }
    open func requestWhenInUseAuthorization() {}
    open func requestAlwaysAuthorization() {}
    open func startUpdatingLocation() {}
    open func stopUpdatingLocation() {}
}
public protocol CLLocationManagerDelegate: NSObjectProtocol {  // = CLLocationManagerDelegateProtocol
    func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation])
    func locationManagerDidChangeAuthorization(_ manager: CLLocationManager)
    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error)
}
extension CLLocationManagerDelegate {
    public func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {}
    public func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) {}
    public func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {}
}

// Debian's Foundation knows no battery.
extension ProcessInfo {
    public var isLowPowerModeEnabled: Bool { fatalError() }
}
