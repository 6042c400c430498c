import FirebeeCore
import Observation

/// Takes one photo: shoot, look, keep or shoot again.
@MainActor
@Observable
public final class CameraModel {
    @ObservationIgnored public let page: Page<CameraScreen>
    /// The picture that was taken and is not kept yet.
    public private(set) var shot: Shot?
    /// Whether the camera did not answer.
    public private(set) var mute = false
    @ObservationIgnored private let shell: Shell
    @ObservationIgnored private let task: TaskId
    @ObservationIgnored private let purpose: Purpose
    @ObservationIgnored private let restored: Restored?

    public init(_ shell: Shell, task: TaskId, purpose: Purpose, restored: Restored?) {
        self.shell = shell
        self.task = task
        self.purpose = purpose
        self.restored = restored
        page = Page(shell) { try await shell.client.screens().camera(task: task, purpose: purpose) }
    }

    /// A selfie is taken by the camera that looks at the person.
    public var side: Side { purpose.role == .selfie ? .front : .back }

    public func shoot() async {
        await page.calls.act {
            shot = await shell.phone.lens.shoot(side)
            mute = shot == nil
        }
    }

    public func retake() {
        if let shot { shell.phone.lens.drop(shot) }
        shot = nil
    }

    /// Keeps the picture, then goes back.
    public func keep() async {
        await kept { shell.back() }
    }

    /// Keeps the picture, then goes to the photo that is missing next.
    public func keepAndGo(_ next: Step) async {
        await kept {
            switch next.kind {
            case .photo(let purpose): shell.replace(.camera(task, purpose, nil))
            case .selfie: shell.replace(.camera(task, Purpose(role: .selfie, instance: nil), nil))
            case .item, .fault, .restore, .line, .controller, .witness: shell.back()
            }
        }
    }

    private func kept(_ then: @MainActor () -> Void) async {
        await page.calls.act {
            guard let taken = shot else { return }
            let photo = try await shell.client.evidence().takePhoto(
                task: task, purpose: purpose, path: taken.path, previewPath: taken.preview)
            retake()
            if let restored {
                let input = ConfirmRestore(task: task, system: restored.system, by: restored.by, photo: photo)
                try await shell.client.tasks().restore(input: input)
                shell.restoring(task, restored.system).done()
            }
            then()
        }
    }
}
