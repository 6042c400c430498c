import Foundation
import UIKit

/// Tells whether the screen is recorded or mirrored, at once and at each change.
@MainActor
final class CaptureAdapter {
    func changes() -> AsyncStream<Bool> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { tell in
            let name = UIScreen.capturedDidChangeNotification
            let observer = NotificationCenter.default.addObserver(forName: name, object: nil, queue: .main) { _ in
                // The queue is the main one.
                MainActor.assumeIsolated { _ = tell.yield(Self.captured) }
            }
            tell.yield(Self.captured)
            let held = Held(observer: observer)
            tell.onTermination = { _ in NotificationCenter.default.removeObserver(held.observer) }
        }
    }

    private static var captured: Bool {
        UIApplication.shared.connectedScenes.contains { ($0 as? UIWindowScene)?.screen.isCaptured ?? false }
    }
}

/// An observer, which any thread may take away.
private struct Held: @unchecked Sendable {
    let observer: any NSObjectProtocol
}
