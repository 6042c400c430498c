import FirebeeCore
import Observation

/// One instance of an item: what is typed goes to the core at each letter, which says what it proposes.
@MainActor
@Observable
public final class ItemModel {
    @ObservationIgnored public private(set) var page: Page<ItemScreen>!
    /// What is entered; the fields show it at once.
    public private(set) var entry: Entry?
    /// The form as the core fills it from what is entered.
    public private(set) var form: FormView?
    /// Whether the tag that was read last names nothing here.
    public private(set) var unknown = false
    @ObservationIgnored public let task: TaskId
    @ObservationIgnored public let at: Instance
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private var asked = 0

    public init(_ shell: Shell, task: TaskId, at: Instance) {
        self.shell = shell
        self.task = task
        self.at = at
        entry = shell.draft(task, at)
        page = Page(shell) { [weak self] in
            let screen = try await shell.client.screens().item(task: task, instance: at)
            try await self?.read(screen)
            return screen
        }
    }

    /// Takes a change into the draft, keeps it, and asks the core what it proposes.
    public func change(_ with: (inout Entry) -> Void) async {
        guard var now = entry else { return }
        with(&now)
        entry = now
        shell.keep(now, task, at)
        await page.calls.caught { try await answer(now) }
    }

    public func photo() {
        shell.go(.camera(task, Purpose(role: .evidence, instance: at), nil))
    }

    public func withdraw(_ photo: FactId) async {
        await page.calls.act {
            try await shell.client.evidence().withdrawPhoto(input: WithdrawPhoto(task: task, photo: photo))
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
            guard let now = entry else { return }
            _ = try await shell.client.tasks().record(task: task, instance: at, draft: now.draft)
            leave()
            if let next = page.view?.next, next != at { shell.replace(.item(task, next)) } else { shell.back() }
        }
    }

    /// Records that every other instance conforms, as this draft says.
    public func restConform() async {
        await page.calls.act {
            guard let now = entry else { return }
            _ = try await shell.client.tasks().restConform(task: task, item: at.item, draft: now.draft)
            leave()
            shell.back()
        }
    }

    private func read(_ screen: ItemScreen) async throws {
        if let now = entry {
            try await answer(now)
        } else {
            entry = Entry(screen.form.draft)
            form = screen.form
        }
    }

    /// An answer that an older letter asked for comes too late.
    private func answer(_ now: Entry) async throws {
        asked += 1
        let mine = asked
        let answered = try await shell.client.tasks().answer(task: task, instance: at, draft: now.draft)
        if mine == asked { form = answered }
    }

    private func leave() {
        entry = nil
        shell.keep(nil, task, at)
    }
}
