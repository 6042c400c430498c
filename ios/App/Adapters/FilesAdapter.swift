import FirebeeKit
import Foundation
import UIKit

/// Files of the shell, and the sheet that hands one to another app.
@MainActor
final class FilesAdapter: Files {
    private let size = CGSize(width: 960, height: 480)

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

    func drop(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    func exportPath() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).firebee").path
    }

    func share(_ path: String) {
        let sheet = UIActivityViewController(activityItems: [URL(fileURLWithPath: path)], applicationActivities: nil)
        let scenes = UIApplication.shared.connectedScenes
        let window = scenes.compactMap { ($0 as? UIWindowScene)?.keyWindow }.first
        window?.rootViewController?.present(sheet, animated: true, completion: nil)
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
