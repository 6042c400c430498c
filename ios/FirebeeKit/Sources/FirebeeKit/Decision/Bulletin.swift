import FirebeeCore

/// Something that a person is told of; a tap follows the link. Every word is the core's.
public struct Bulletin: Equatable, Sendable {
    public let key: String
    public let title: String
    public let text: String
    public let link: String
    /// Whether it is shown also while somebody looks at the app.
    public let presses: Bool

    init(_ reminder: Reminder) {
        key = reminder.key
        title = reminder.title
        text = reminder.text
        link = DeepLink.to(reminder.about.route) ?? ""
        presses = reminder.presses
    }

    /// What the system may know a bulletin of a key by: one that is shown at once by the key itself, and those that the
    /// phone's clock shows by their number as well, because the system keeps one for each name. The core foresees fewer.
    public static func names(_ key: String) -> [String] { [key] + (1...16).map { name(key, $0) } }

    fileprivate static func name(_ key: String, _ number: Int) -> String { "\(key) \(number)" }
}

/// A bulletin that the phone's clock shows.
public struct Planned: Equatable, Sendable {
    public let bulletin: Bulletin
    /// The name that the system knows it by.
    public let name: String
    /// In so many seconds.
    public let after: Double

    /// What the core foresees, each by a name of its own.
    static func all(_ ahead: [Ahead]) -> [Planned] {
        var counts: [String: Int] = [:]
        return ahead.map { one in
            let number = counts[one.reminder.key, default: 0] + 1
            counts[one.reminder.key] = number
            return Planned(
                bulletin: Bulletin(one.reminder), name: Bulletin.name(one.reminder.key, number),
                after: Double(one.afterS))
        }
    }
}
