import AVFoundation
import FirebeeKit
import Foundation
import ImageIO

/// The camera in the app: one still picture at a time, its bytes as the camera wrote them, and the codes that it sees.
@MainActor
final class CameraAdapter: NSObject, Lens, AVCapturePhotoCaptureDelegate, AVCaptureMetadataOutputObjectsDelegate {
    /// What the preview on the screen shows.
    let session = AVCaptureSession()
    private let output = AVCapturePhotoOutput()
    private var waiting: CheckedContinuation<Shot?, Never>?
    private let seen = AVCaptureMetadataOutput()
    private let stamp: @MainActor () -> Stamp?
    private var tell: AsyncStream<String>.Continuation?
    private var listener = 0
    private var side: Side?

    init(stamp: @escaping @MainActor () -> Stamp?) { self.stamp = stamp }

    func shoot(_ side: Side) async -> Shot? {
        guard waiting == nil, prepare(side) else { return nil }
        return await withCheckedContinuation { continuation in
            waiting = continuation
            // A JPEG, which every reader of the evidence can open.
            let settings = AVCapturePhotoSettings(format: [AVVideoCodecKey: AVVideoCodecType.jpeg])
            if let stamp = stamp() { settings.metadata = Self.exif(stamp) }
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
        if session.canAddOutput(seen) { session.addOutput(seen) }
        self.side = side
        return true
    }

    func codes() -> AsyncStream<String> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { tell in
            // A kind that the camera does not know ends the app.
            guard prepare(.back), seen.availableMetadataObjectTypes.contains(.qr) else { return tell.finish() }
            self.tell = tell
            seen.setMetadataObjectsDelegate(self, queue: .main)
            seen.metadataObjectTypes = [.qr]
            listener += 1
            tell.onTermination = { [weak self, listener] _ in
                Task { @MainActor in self?.lookAway(listener) }
            }
        }
    }

    /// Looks for no codes any more, unless somebody else listens by now.
    private func lookAway(_ gone: Int) {
        guard gone == listener else { return }
        seen.metadataObjectTypes = []
        tell = nil
    }

    nonisolated func metadataOutput(
        _ output: AVCaptureMetadataOutput, didOutput metadataObjects: [AVMetadataObject],
        from connection: AVCaptureConnection
    ) {
        let texts = metadataObjects.map { ($0 as? AVMetadataMachineReadableCodeObject)?.stringValue }
        // The queue is the main one.
        MainActor.assumeIsolated { if let text = TagText.first(texts) { _ = tell?.yield(text) } }
    }

    /// The place as the camera writes it beside what it knows itself.
    private static func exif(_ stamp: Stamp) -> [String: Any] {
        let place: [String: Any] = [
            kCGImagePropertyGPSLatitude as String: stamp.latitude,
            kCGImagePropertyGPSLatitudeRef as String: stamp.latitudeRef,
            kCGImagePropertyGPSLongitude as String: stamp.longitude,
            kCGImagePropertyGPSLongitudeRef as String: stamp.longitudeRef,
            kCGImagePropertyGPSHPositioningError as String: stamp.errorM,
            kCGImagePropertyGPSDateStamp as String: stamp.day,
            kCGImagePropertyGPSTimeStamp as String: stamp.time,
        ]
        return [kCGImagePropertyGPSDictionary as String: place]
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
