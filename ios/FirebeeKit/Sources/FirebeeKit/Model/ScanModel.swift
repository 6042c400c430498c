import FirebeeCore
import Observation

/// Looks for the QR code on the wall, and goes to the instance that it names.
@MainActor
@Observable
public final class ScanModel {
    /// Whether the code that was read last names nothing here.
    public private(set) var unknown = false
    /// Whether the camera sees nothing any more.
    public private(set) var mute = false
    public let calls = Calls()
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let task: TaskId
    @ObservationIgnored private let item: PlanItemId?

    /// Without an item, an instance of any item of the task is found.
    public init(_ shell: Shell, task: TaskId, item: PlanItemId?) {
        self.shell = shell
        self.task = task
        self.item = item
    }

    /// Reads codes until one names an instance. A camera sees the same code many times: it is looked up once.
    public func follow() async {
        var last: String?
        for await code in shell.phone.lens.codes() where code != last {
            last = code
            if await found(code) { return }
        }
        mute = true
    }

    private func found(_ code: String) async -> Bool {
        var there = false
        await calls.caught {
            let instance = try await shell.client.screens().tagged(task: task, tag: code, item: item)
            unknown = instance == nil
            if let instance {
                there = true
                shell.replace(.item(task, instance))
            }
        }
        return there
    }
}
