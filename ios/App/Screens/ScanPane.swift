import FirebeeCore
import FirebeeKit
import SwiftUI

/// The camera looks for the QR code of an instance.
struct ScanPane: View {
    private let shell: Shell
    private let camera: CameraAdapter
    @State private var model: ScanModel

    init(_ shell: Shell, _ camera: CameraAdapter, _ task: TaskId, _ item: PlanItemId?) {
        self.shell = shell
        self.camera = camera
        _model = State(initialValue: ScanModel(shell, task: task, item: item))
    }

    var body: some View {
        List {
            if let told = model.calls.told { ToldRow(told: told) { model.calls.seen() } }
            if model.mute { Text(shell.words.cameraBusy).foregroundStyle(Tokens.waiting) }
            if model.unknown { Text(shell.words.tagUnknown).foregroundStyle(Tokens.waiting) }
            Viewfinder(camera: camera).frame(height: 480)
        }
        .navigationTitle(shell.words.scan)
        .task { await model.follow() }
        .onDisappear { camera.rest() }
    }
}
