import Foundation

/// Where and when a picture is taken, as the camera writes it into the picture's EXIF. The bytes of the picture are never
/// touched afterwards.
public struct Stamp: Equatable, Sendable {
    /// Degrees, never below zero: the letter says which half.
    public let latitude: Double
    /// `N` or `S`.
    public let latitudeRef: String
    /// Degrees, never below zero.
    public let longitude: Double
    /// `E` or `W`.
    public let longitudeRef: String
    /// How far off the place may be, in metres.
    public let errorM: Double
    /// The day of the place in UTC, such as `2026:11:30`.
    public let day: String
    /// The time of the place in UTC, such as `19:55:09`.
    public let time: String

    /// A place older than this, in seconds, says nothing of the picture.
    static let ageMax = 60.0

    /// What is written for the last place that the phone knows; nothing where it is old, not valid, or invented by software.
    public init?(_ place: Place, at: Date) {
        guard place.horizontalAccuracy >= 0, 0...Self.ageMax ~= place.age, !place.simulated else { return nil }
        // Such as 2026-11-30T19:55:09Z.
        let moment = at.ISO8601Format().dropLast().split(separator: "T")
        guard moment.count == 2 else { return nil }
        latitude = abs(place.lat)
        latitudeRef = place.lat < 0 ? "S" : "N"
        longitude = abs(place.lon)
        longitudeRef = place.lon < 0 ? "W" : "E"
        errorM = place.horizontalAccuracy
        day = moment[0].replacingOccurrences(of: "-", with: ":")
        time = String(moment[1])
    }
}
