/// The files of the shell.
@MainActor
public protocol Files: AnyObject {
    /// Writes a signature as a picture and gives its path; nothing when it cannot be written.
    func signature(_ strokes: [Stroke]) -> String?
    /// Lets the person choose pictures and PDFs of the phone, and gives the paths of copies.
    func pick() async -> [String]
    /// Deletes a file that the core has read.
    func drop(_ path: String)
    /// Where an export file is written.
    func exportPath() -> String
    /// Hands a file to another app of the phone.
    func share(_ path: String)
}

/// One line of a finger, as shares of the box: from 0 to 1 in both directions.
public struct Stroke: Hashable, Sendable {
    public var points: [Spot]

    public init(points: [Spot]) { self.points = points }
}

/// A place in a box.
public struct Spot: Hashable, Sendable {
    public let x: Double
    public let y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
