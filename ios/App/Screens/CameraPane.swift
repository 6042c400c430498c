import AVFoundation
import FirebeeCore
import FirebeeKit
import SwiftUI
import UIKit

/// The camera: what this photo is for, the picture, keep it or shoot again.
struct CameraPane: View {
    private let shell: Shell
    private let camera: CameraAdapter
    @State private var model: CameraModel

    init(_ shell: Shell, _ camera: CameraAdapter, _ task: TaskId, _ purpose: Purpose, _ restored: Restored?) {
        self.shell = shell
        self.camera = camera
        _model = State(initialValue: CameraModel(shell, task: task, purpose: purpose, restored: restored))
    }

    var body: some View {
        Reading(title: model.page.view?.purposeText ?? "", page: model.page) { view in
            ZStack {
                if let shot = model.shot {
                    Picture(path: shot.path, label: view.purposeText)
                } else {
                    Viewfinder(camera: camera)
                }
                // Over the picture only: the original holds no word of it.
                VStack { ForEach(view.overlay, id: \.self) { Text($0).font(.caption) } }
            }
            .frame(minHeight: 360)
            if model.mute { Text(shell.words.cameraBusy).foregroundStyle(Tokens.waiting) }
            if model.shot == nil {
                ActButton(word: shell.words.shoot, act: view.take, words: shell.words) { await model.shoot() }
                    .buttonStyle(.borderedProminent)
            } else {
                WideButton(word: shell.words.usePhoto) { await model.keep() }.buttonStyle(.borderedProminent)
                if let next = view.next {
                    WideButton(word: shell.words.nextPhoto) { await model.keepAndGo(next) }
                    Soft(text: next.text)
                }
                WideButton(word: shell.words.retake) { model.retake() }
            }
        }
        .onAppear { camera.prepare(model.side) }
        .onDisappear { camera.rest() }
    }
}

/// What the camera sees.
struct Viewfinder: UIViewRepresentable {
    let camera: CameraAdapter

    func makeUIView(context: Context) -> ViewfinderView {
        let view = ViewfinderView()
        view.preview?.session = camera.session
        view.preview?.videoGravity = .resizeAspect
        return view
    }

    func updateUIView(_ view: ViewfinderView, context: Context) {}
}

/// A view whose layer shows a session of the camera.
final class ViewfinderView: UIView {
    override class var layerClass: AnyClass { AVCaptureVideoPreviewLayer.self }

    var preview: AVCaptureVideoPreviewLayer? { layer as? AVCaptureVideoPreviewLayer }
}

/// One photo, large.
struct PhotoPane: View {
    private let shell: Shell
    @State private var model: PhotoModel

    init(_ shell: Shell, _ task: TaskId, _ photo: FactId) {
        self.shell = shell
        _model = State(initialValue: PhotoModel(shell, task: task, photo: photo))
    }

    var body: some View {
        Reading(title: shell.words.photos, page: model.page) { path in
            Picture(path: path, label: shell.words.photos)
        }
        .onDisappear { model.leave() }
    }
}
