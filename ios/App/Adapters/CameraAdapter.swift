import AVFoundation
import FirebeeKit
import Foundation

/// The camera in the app: one still picture at a time, its bytes as the camera wrote them.
@MainActor
final class CameraAdapter: NSObject, Lens, AVCapturePhotoCaptureDelegate {
    /// What the preview on the screen shows.
    let session = AVCaptureSession()
    private let output = AVCapturePhotoOutput()
    private var waiting: CheckedContinuation<Shot?, Never>?
    private var side: Side?

    func shoot(_ side: Side) async -> Shot? {
        guard waiting == nil, prepare(side) else { return nil }
        return await withCheckedContinuation { continuation in
            waiting = continuation
            // A JPEG, which every reader of the evidence can open.
            let settings = AVCapturePhotoSettings(format: [AVVideoCodecKey: AVVideoCodecType.jpeg])
            output.capturePhoto(with: settings, delegate: self)
        }
    }

    func drop(_ shot: Shot) {
        for path in [shot.path, shot.preview].compactMap({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Starts the camera for the preview; gives whether there is one.
    @discardableResult
    func prepare(_ side: Side) -> Bool {
        if self.side != side, !turn(side) { return false }
        if !session.isRunning { session.startRunning() }
        return true
    }

    func rest() { session.stopRunning() }

    private func turn(_ side: Side) -> Bool {
        let position: AVCaptureDevice.Position = side == .front ? .front : .back
        session.beginConfiguration()
        defer { session.commitConfiguration() }
        session.sessionPreset = .photo
        for input in session.inputs { session.removeInput(input) }
        self.side = nil
        guard let device = AVCaptureDevice.default(.builtInWideAngleCamera, for: .video, position: position),
            let input = try? AVCaptureDeviceInput(device: device), session.canAddInput(input)
        else { return false }
        session.addInput(input)
        if session.canAddOutput(output) { session.addOutput(output) }
        self.side = side
        return true
    }

    nonisolated func photoOutput(
        _ output: AVCapturePhotoOutput, didFinishProcessingPhoto photo: AVCapturePhoto, error: (any Error)?
    ) {
        let bytes = error == nil ? photo.fileDataRepresentation() : nil
        Task { @MainActor in taken(bytes) }
    }

    private func taken(_ bytes: Data?) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).jpg")
        let written = bytes.flatMap { try? $0.write(to: file) } != nil
        waiting?.resume(returning: written ? Shot(path: file.path) : nil)
        waiting = nil
    }
}
