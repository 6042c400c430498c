import FirebeeCore
import Observation

/// The record of a fault beside its description, which is completed bit by bit. No answer and no text leave a
/// point as it is.
@MainActor
@Observable
public final class RecordModel {
    @ObservationIgnored public private(set) var page: Page<RecordScreen>!
    public var stopped: Bool?
    public var told: Bool?
    public var measures = ""
    public var opinion = ""
    public var confirmedBy = ""
    @ObservationIgnored private var filled = false
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let task: TaskId
    @ObservationIgnored private let fault: FaultId

    public init(_ shell: Shell, task: TaskId, fault: FaultId) {
        self.shell = shell
        self.task = task
        self.fault = fault
        page = Page(shell) { [weak self] in
            let screen = try await shell.client.screens().record(task: task, fault: fault)
            self?.fill(screen.fault.particulars)
            return screen
        }
    }

    public func save() async {
        await page.calls.act {
            let particulars = Particulars(
                systemStopped: stopped, brigadeTold: told, protectiveMeasures: measures, ownerOpinion: opinion)
            let input = RecordFault(task: task, fault: fault, particulars: particulars, confirmedBy: confirmedBy)
            try await shell.client.reviews().recordFault(input: input)
            shell.back()
        }
    }

    /// At first the fields hold what is known; what is typed stays although the screen is read again.
    private func fill(_ said: Particulars) {
        if filled { return }
        filled = true
        stopped = said.systemStopped
        told = said.brigadeTold
        measures = said.protectiveMeasures ?? ""
        opinion = said.ownerOpinion ?? ""
    }
}
