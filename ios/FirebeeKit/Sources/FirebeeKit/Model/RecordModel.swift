import FirebeeCore
import Observation

/// The record of a fault beside its description, which is completed bit by bit. No answer and no text leave a
/// point as it is.
@MainActor
@Observable
public final class RecordModel {
    @ObservationIgnored public private(set) var page: Page<RecordScreen>!
    /// What is known; what is typed lies over it.
    private var known: Particulars?
    private let typed: Typed
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let task: TaskId
    @ObservationIgnored private let fault: FaultId

    public init(_ shell: Shell, task: TaskId, fault: FaultId) {
        self.shell = shell
        self.task = task
        self.fault = fault
        typed = shell.typed("record \(fault)")
        page = Page(shell) { [weak self] in
            let screen = try await shell.client.screens().record(task: task, fault: fault)
            await self?.read(screen)
            return screen
        }
    }

    public var stopped: Bool? {
        get { said("stopped", known?.systemStopped) }
        set { typed["stopped"] = newValue.map { "\($0)" } ?? "" }
    }
    public var told: Bool? {
        get { said("told", known?.brigadeTold) }
        set { typed["told"] = newValue.map { "\($0)" } ?? "" }
    }
    public var measures: String {
        get { typed.texts["measures"] ?? known?.protectiveMeasures ?? "" }
        set { typed["measures"] = newValue }
    }
    public var opinion: String {
        get { typed.texts["opinion"] ?? known?.ownerOpinion ?? "" }
        set { typed["opinion"] = newValue }
    }
    public var confirmedBy: String {
        get { typed["confirmed-by"] }
        set { typed["confirmed-by"] = newValue }
    }

    public func save() async {
        await page.calls.act {
            let particulars = Particulars(
                systemStopped: stopped, brigadeTold: told, protectiveMeasures: measures, ownerOpinion: opinion)
            let input = RecordFault(task: task, fault: fault, particulars: particulars, confirmedBy: confirmedBy)
            try await shell.client.reviews().recordFault(input: input)
            typed.done()
            shell.back()
        }
    }

    /// What is known while the screen is seen stays, although the screen is read again.
    private func read(_ screen: RecordScreen) async {
        _ = await typed.known()
        if known == nil { known = screen.fault.particulars }
    }

    /// The answer that is typed, or else known. Somebody may have taken it back.
    private func said(_ field: String, _ known: Bool?) -> Bool? {
        guard let text = typed.texts[field] else { return known }
        return Bool(text)
    }
}
