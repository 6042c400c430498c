import FirebeeCore

/// One location as CoreLocation gives it.
public struct Place: Equatable, Sendable {
    public let lat: Double
    public let lon: Double
    /// Metres; below zero where the place is not valid.
    public let horizontalAccuracy: Double
    /// Metres; zero or below where the height is not known.
    public let verticalAccuracy: Double
    /// Metres a second; below zero where the speed is not known.
    public let speedAccuracy: Double
    /// How long ago it was, in seconds.
    public let age: Double
    /// Whether software invented it.
    public let simulated: Bool

    public init(
        lat: Double, lon: Double, horizontalAccuracy: Double, verticalAccuracy: Double, speedAccuracy: Double,
        age: Double, simulated: Bool
    ) {
        self.lat = lat
        self.lon = lon
        self.horizontalAccuracy = horizontalAccuracy
        self.verticalAccuracy = verticalAccuracy
        self.speedAccuracy = speedAccuracy
        self.age = age
        self.simulated = simulated
    }

    /// The fix that the core keeps; nothing for a place that is none. `bootMs` is the boot clock now.
    public func fix(bootMs: Int64) -> Fix? {
        guard horizontalAccuracy >= 0, age >= 0 else { return nil }
        return Fix(
            bootMs: bootMs - Int64(age * 1000), lat: lat, lon: lon, accuracyM: Float(horizontalAccuracy),
            provider: provider, mock: simulated)
    }

    /// CoreLocation never names its source. It knows the error of height and speed only where satellites gave them.
    private var provider: FixProvider {
        verticalAccuracy > 0 && speedAccuracy >= 0 ? .gnss : .fused
    }
}
