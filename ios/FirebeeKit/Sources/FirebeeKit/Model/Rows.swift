/// A list that grows page by page.
public struct Rows<Row: Sendable>: Sendable {
    public let rows: [Row]
    public let total: Int
    public let more: Bool
}

/// One page of a list as the core gives it.
struct Part<Row: Sendable, Mark: Sendable>: Sendable {
    let rows: [Row]
    let total: Int32
    let next: Mark?
}

extension Rows {
    /// Reads so many pages, one behind the other.
    @MainActor
    static func read<Mark: Sendable>(
        _ pages: Int, _ page: @MainActor (Mark?) async throws -> Part<Row, Mark>
    ) async throws -> Rows {
        var part = try await page(nil)
        var rows = part.rows
        var left = pages - 1
        while left > 0, let next = part.next {
            part = try await page(next)
            rows += part.rows
            left -= 1
        }
        return Rows(rows: rows, total: Int(part.total), more: part.next != nil)
    }
}
