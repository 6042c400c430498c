import FirebeeKit
import Foundation
import UIKit
import UniformTypeIdentifiers

/// Files of the shell, and the sheet that hands one to another app.
@MainActor
final class FilesAdapter: NSObject, Files, UIDocumentPickerDelegate {
    private let size = CGSize(width: 960, height: 480)
    private var waiting: CheckedContinuation<[String], Never>?

    /// Black lines on white, as a PNG.
    func signature(_ strokes: [Stroke]) -> String? {
        let picture = UIGraphicsImageRenderer(size: size).pngData { context in
            UIColor.white.setFill()
            context.fill(CGRect(origin: .zero, size: size))
            UIColor.black.setStroke()
            for stroke in strokes { draw(stroke).stroke() }
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).png")
        guard (try? picture.write(to: file)) != nil else { return nil }
        return file.path
    }

    func pick() async -> [String] {
        guard waiting == nil, let top else { return [] }
        return await withCheckedContinuation { continuation in
            waiting = continuation
            // The picker copies them into the folder of the app's temporary files.
            let picker = UIDocumentPickerViewController(forOpeningContentTypes: [.jpeg, .png, .pdf], asCopy: true)
            picker.delegate = self
            picker.allowsMultipleSelection = true
            top.present(picker, animated: true, completion: nil)
        }
    }

    func documentPicker(_ controller: UIDocumentPickerViewController, didPickDocumentsAt urls: [URL]) {
        picked(urls.map(\.path))
    }

    func documentPickerWasCancelled(_ controller: UIDocumentPickerViewController) { picked([]) }

    private func picked(_ paths: [String]) {
        waiting?.resume(returning: paths)
        waiting = nil
    }

    func drop(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    func exportPath() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).firebee").path
    }

    func share(_ path: String) {
        let sheet = UIActivityViewController(activityItems: [URL(fileURLWithPath: path)], applicationActivities: nil)
        top?.present(sheet, animated: true, completion: nil)
    }

    /// What the window shows.
    private var top: UIViewController? {
        let scenes = UIApplication.shared.connectedScenes
        return scenes.compactMap { ($0 as? UIWindowScene)?.keyWindow }.first?.rootViewController
    }

    private func draw(_ stroke: Stroke) -> UIBezierPath {
        let path = UIBezierPath()
        path.lineWidth = 4
        for (at, point) in stroke.points.enumerated() {
            let to = CGPoint(x: point.x * size.width, y: point.y * size.height)
            if at == 0 { path.move(to: to) } else { path.addLine(to: to) }
        }
        return path
    }
}
