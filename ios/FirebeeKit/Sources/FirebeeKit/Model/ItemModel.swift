import FirebeeCore
import Foundation
import Observation

/// One instance of an item: what is typed goes to the core at each letter, which keeps it and says what it proposes.
@MainActor
@Observable
public final class ItemModel {
    @ObservationIgnored public private(set) var page: Page<ItemScreen>!
    /// What is entered; the fields show it at once.
    public private(set) var entry: Entry?
    /// The form as the core fills it from what is entered.
    public private(set) var form: FormView?
    /// What an instance is looked for by.
    public private(set) var sought = ""
    /// Whether the tag that was read last names nothing here.
    public private(set) var unknown = false
    @ObservationIgnored public let task: TaskId
    @ObservationIgnored public let at: Instance
    @ObservationIgnored private let shell: Shell
    /// Whether somebody has typed here.
    @ObservationIgnored private var touched = false
    /// What the core was told last.
    @ObservationIgnored private var told: Entry?
    @ObservationIgnored private let turn = Turn()

    public init(_ shell: Shell, task: TaskId, at: Instance) {
        self.shell = shell
        self.task = task
        self.at = at
        page = Page(shell) { [weak self] in
            let screen = try await shell.client.screens().item(task: task, instance: at)
            await self?.read(screen)
            return screen
        }
    }

    /// Takes a change into the draft, and tells it to the core.
    public func change(_ with: (inout Entry) -> Void) async {
        guard var now = entry else { return }
        with(&now)
        entry = now
        touched = true
        await tell()
    }

    public func photo() {
        shell.go(.camera(task, Purpose(role: .evidence, instance: at), nil))
    }

    public func withdraw(_ photo: FactId) async {
        await page.calls.act {
            try await shell.client.evidence().withdrawPhoto(input: WithdrawPhoto(task: task, photo: photo))
        }
    }

    /// The instances around this one, or those that what was typed finds; the others are found by number, position or tag.
    public func near(_ view: ItemScreen) -> [InstanceRow] { Self.near(view.instances, at.ordinal, sought) }

    static func near(_ all: [InstanceRow], _ ordinal: Int32, _ sought: String) -> [InstanceRow] {
        let words = sought.trimmingCharacters(in: .whitespaces)
        guard words.isEmpty else {
            return Array(all.filter { "\($0.ordinal) \($0.position ?? "")".contains(words) }.prefix(shown))
        }
        let here = all.firstIndex { $0.ordinal == ordinal } ?? 0
        let from = max(min(here - shown / 2, all.count - shown), 0)
        return Array(all.dropFirst(from).prefix(shown))
    }

    /// Whether some instances are not shown, so that one looks for them.
    public func isLong(_ view: ItemScreen) -> Bool { view.instances.count > Self.shown }

    /// Looks for an instance, and goes to the one whose tag says so. A tag selects, and proves no presence.
    public func find(_ words: String) async {
        sought = words
        guard !words.isEmpty else { return }
        await page.calls.caught {
            let found = try await shell.client.screens().tagged(task: task, tag: words, item: at.item)
            if let found, found != at, sought == words { shell.replace(.item(task, found)) }
        }
    }

    public func open(ordinal: Int32) {
        shell.replace(.item(task, Instance(item: at.item, ordinal: ordinal)))
    }

    public func move() { shell.go(.moving(task, at)) }

    /// Looks for the QR code of an instance.
    public func scan() { shell.go(.scan(task, at.item)) }

    /// Goes to the instance whose NFC tag is held to the phone.
    public func tag() async {
        if let text = await shell.phone.tags.read(hint: shell.words.tagHold) { await tagged(text) }
    }

    /// Goes to the instance that a tag on the wall names; a tag of nothing here changes nothing.
    public func tagged(_ text: String) async {
        await page.calls.caught {
            let found = try await shell.client.screens().tagged(task: task, tag: text, item: at.item)
            unknown = found == nil
            if let found { shell.replace(.item(task, found)) }
        }
    }

    /// To what is measured at each of the instances without a result.
    public func each() { shell.go(.each(task, at)) }

    /// Records the answer, and goes to the next instance without one, or back.
    public func save() async {
        await page.calls.act {
            await turn.over()
            guard let now = entry else { return }
            _ = try await shell.client.tasks().record(task: task, instance: at, draft: now.draft)
            leave()
            if let next = page.view?.next, next != at { shell.replace(.item(task, next)) } else { shell.back() }
        }
    }

    /// Records that every other instance conforms, as this draft says.
    public func restConform() async {
        await page.calls.act {
            await turn.over()
            guard let now = entry else { return }
            _ = try await shell.client.tasks().restConform(task: task, item: at.item, draft: now.draft)
            leave()
            shell.back()
        }
    }

    private func read(_ screen: ItemScreen) async {
        guard !touched else {
            // What is typed here is newer than what was read.
            told = nil
            return await tell()
        }
        entry = Entry(screen.form.draft)
        form = screen.form
    }

    /// One letter after the other, and of those that wait only the last: the core keeps it, and says what it proposes.
    private func tell() async {
        await turn.take { [self] in
            await page.calls.caught {
                guard let now = entry, now != told else { return }
                form = try await shell.client.tasks().answer(task: task, instance: at, draft: now.draft)
                told = now
            }
        }.value
    }

    private func leave() {
        entry = nil
        told = nil
        touched = false
    }

    /// So many instances are shown at once.
    private static let shown = 5
}
