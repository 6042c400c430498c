import FirebeeCore

/// Something new that a person is told of while the app is not seen; a tap follows the link. Every word is the core's.
public struct Bulletin: Equatable, Sendable {
    public let title: String
    public let text: String
    public let link: String

    /// What a round brought: dispatches that were not there, tasks that their lead sent back, and more to review or to
    /// decide on than before.
    public static func news(_ words: Words, before: Today, after: Today) -> [Bulletin] {
        let known = Set(before.dispatches.map(\.dispatch))
        let sent = after.dispatches.filter { !known.contains($0.dispatch) }.map { row in
            Bulletin(title: row.kindWord, text: row.what, link: DeepLink.to("dispatch", row.dispatch.value))
        }
        let told = Set(before.tasks.filter { $0.opinion != nil }.map(\.task))
        let returned = after.tasks.filter { !told.contains($0.task) }.compactMap { row in
            row.opinion.map { Bulletin(title: row.name, text: $0, link: DeepLink.to("task", row.task.value)) }
        }
        return sent + returned
            + more(words.review, before.review, after.review, "review")
            + more(words.undecided, before.undecided, after.undecided, "undecided")
    }

    private static func more(_ title: String, _ before: Waiting?, _ after: Waiting?, _ noun: String) -> [Bulletin] {
        guard let after, after.count > before?.count ?? 0 else { return [] }
        return [Bulletin(title: title, text: after.text, link: DeepLink.to(noun))]
    }
}
