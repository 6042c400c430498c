import FirebeeKit
import Foundation
import UserNotifications

/// Notifications of the phone itself: none comes over a network. The core says what they tell, and when.
@MainActor
final class NoticesAdapter: NSObject, Notices, UNUserNotificationCenterDelegate {
    /// What the system said last: it answers later than it is asked.
    private(set) var allowed = false
    private(set) var decided = false
    var seen = false
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
        takeDown(bulletin.key)
        add(bulletin, bulletin.key, nil)
    }

    func takeDown(_ key: String) {
        center.removeDeliveredNotifications(withIdentifiers: Bulletin.names(key))
    }

    func plan(_ coming: [Planned]) {
        center.removeAllPendingNotificationRequests()
        for one in coming {
            add(one.bulletin, one.name, UNTimeIntervalNotificationTrigger(timeInterval: one.after, repeats: false))
        }
    }

    func clear() {
        center.removeAllPendingNotificationRequests()
        center.removeAllDeliveredNotifications()
    }

    private func add(_ bulletin: Bulletin, _ name: String, _ trigger: UNNotificationTrigger?) {
        let content = UNMutableNotificationContent()
        content.title = bulletin.title
        content.body = bulletin.text
        content.threadIdentifier = bulletin.key
        content.userInfo = [Self.link: bulletin.link, Self.presses: bulletin.presses]
        let request = UNNotificationRequest(identifier: name, content: content, trigger: trigger)
        center.add(request, withCompletionHandler: nil)
    }

    /// Without this, the system shows nothing while the app is seen.
    nonisolated func userNotificationCenter(
        _ center: UNUserNotificationCenter, willPresent notification: UNNotification,
        withCompletionHandler show: @escaping (UNNotificationPresentationOptions) -> Void
    ) {
        let presses = notification.request.content.userInfo[Self.presses] as? Bool
        show(presses == true ? [.banner, .list, .sound] : [])
    }

    nonisolated func userNotificationCenter(
        _ center: UNUserNotificationCenter, didReceive response: UNNotificationResponse,
        withCompletionHandler done: @escaping () -> Void
    ) {
        let link = response.notification.request.content.userInfo[Self.link] as? String
        Task { @MainActor in if let link = link.flatMap(URL.init(string:)) { follow?(link) } }
        done()
    }

    // What a notification carries.
    private nonisolated static let link = "link"
    private nonisolated static let presses = "presses"
}
