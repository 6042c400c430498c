import FirebeeCore
import Foundation

/// A project's map as a drawing of some width and height: north is up, and a metre is as long in every direction.
public struct Sketch: Sendable {
    /// A piece of the track in one colour.
    public struct Piece: Sendable {
        public let points: [Spot]
        public let tone: Tone
    }

    public let fence: [Spot]
    public let further: [[Spot]]
    public let track: [Piece]

    public init(_ map: MapView, width: Double, height: Double) {
        let places = map.fence + map.further.flatMap(\.ring) + map.track.flatMap(\.points)
        let pen = Pen(places, centre: map.centre, width: width, height: height)
        fence = map.fence.map(pen.point)
        further = map.further.map { $0.ring.map(pen.point) }
        track = map.track.map { Piece(points: $0.points.map(pen.point), tone: $0.tone) }
    }
}

/// Where a place is drawn.
private struct Pen {
    private let west: Double
    private let north: Double
    private let scale: Double
    private let narrow: Double

    init(_ places: [LatLon], centre: LatLon, width: Double, height: Double) {
        let lats = places.map(\.lat)
        let lons = places.map(\.lon)
        // A degree of longitude shrinks towards the poles.
        narrow = max(cos(centre.lat * .pi / 180), 0.01)
        west = lons.min() ?? centre.lon
        north = lats.max() ?? centre.lat
        let wide = max(((lons.max() ?? west) - west) * narrow, 1e-6)
        let high = max(north - (lats.min() ?? north), 1e-6)
        scale = min(width / wide, height / high)
    }

    func point(_ place: LatLon) -> Spot {
        Spot(x: (place.lon - west) * narrow * scale, y: (north - place.lat) * scale)
    }
}
