import FirebeeKit
import Foundation
import UserNotifications

/// Notifications of the phone itself: none comes over a network.
@MainActor
final class NoticesAdapter: NSObject, Notices, UNUserNotificationCenterDelegate {
    /// What the system said last: it answers later than it is asked.
    private(set) var allowed = false
    private(set) var decided = false
    private let center = UNUserNotificationCenter.current()
    private var follow: (@MainActor (URL) -> Void)?

    /// Says who follows a link; before the app has finished its launch.
    func register(_ follow: @escaping @MainActor (URL) -> Void) {
        self.follow = follow
        center.delegate = self
    }

    /// Asks the system what is allowed now.
    func refresh() async {
        let status = await withCheckedContinuation { waiting in
            center.getNotificationSettings { @Sendable settings in
                waiting.resume(returning: settings.authorizationStatus)
            }
        }
        decided = status != .notDetermined
        allowed = status == .authorized
    }

    func ask() async {
        await withCheckedContinuation { waiting in
            center.requestAuthorization(options: [.alert, .sound]) { @Sendable _, _ in waiting.resume() }
        }
        await refresh()
    }

    func post(_ bulletin: Bulletin) {
        let content = UNMutableNotificationContent()
        content.title = bulletin.title
        content.body = bulletin.text
        // The same link again takes the place of the old notice.
        let request = UNNotificationRequest(identifier: bulletin.link, content: content, trigger: nil)
        center.add(request, withCompletionHandler: nil)
    }

    nonisolated func userNotificationCenter(
        _ center: UNUserNotificationCenter, didReceive response: UNNotificationResponse,
        withCompletionHandler done: @escaping () -> Void
    ) {
        let link = URL(string: response.notification.request.identifier)
        Task { @MainActor in if let link { follow?(link) } }
        done()
    }
}
