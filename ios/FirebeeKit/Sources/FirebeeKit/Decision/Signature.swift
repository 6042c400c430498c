/// The lines of a finger as a text, so that they are kept like what is typed: lines apart by a semicolon, places by a blank,
/// and each place as two numbers from 0 to 10,000.
public enum Signature {
    public static func text(_ strokes: [Stroke]) -> String {
        strokes.map { $0.points.map { "\(share($0.x)),\(share($0.y))" }.joined(separator: " ") }.joined(separator: ";")
    }

    /// The lines of a text; what is no place is left out.
    public static func strokes(_ text: String) -> [Stroke] {
        text.split(separator: ";").map { line in Stroke(points: line.split(separator: " ").compactMap(spot)) }
    }

    private static func share(_ part: Double) -> Int { Int((min(max(part, 0), 1) * parts).rounded()) }

    private static func spot(_ text: Substring) -> Spot? {
        let both = text.split(separator: ",").compactMap { Double($0) }
        return both.count == 2 ? Spot(x: both[0] / parts, y: both[1] / parts) : nil
    }

    private static let parts = 10_000.0
}
