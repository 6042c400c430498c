// What the adapters call of UserNotifications. A comment `= name` says how the probe in ../sdk calls it, where that differs.
@_exported import Foundation

public enum UNAuthorizationStatus: Int, Sendable {
    case notDetermined  // = UNAuthorizationStatusNotDetermined
    case authorized  // = UNAuthorizationStatusAuthorized
}
public struct UNAuthorizationOptions: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let sound = Self(rawValue: 2)  // = UNAuthorizationOptionSound
    public static let alert = Self(rawValue: 4)  // = UNAuthorizationOptionAlert
}
open class UNNotificationSettings: NSObject {
    open var authorizationStatus: UNAuthorizationStatus { fatalError() }
}
public struct UNNotificationPresentationOptions: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let sound = Self(rawValue: 2)  // = UNNotificationPresentationOptionSound
    public static let list = Self(rawValue: 8)  // = UNNotificationPresentationOptionList
    public static let banner = Self(rawValue: 16)  // = UNNotificationPresentationOptionBanner
}
open class UNNotificationContent: NSObject {
    open var userInfo: [AnyHashable: Any] {
        get { fatalError() }
        set {}
    }
}
open class UNMutableNotificationContent: UNNotificationContent {
    open var title: String = ""
    open var body: String = ""
    open var threadIdentifier: String = ""  // = setThreadIdentifier
}
open class UNNotificationTrigger: NSObject {}
open class UNTimeIntervalNotificationTrigger: UNNotificationTrigger {
    public init(timeInterval: TimeInterval, repeats: Bool) {}  // = triggerWithTimeInterval
}
open class UNNotificationRequest: NSObject {
    public init(identifier: String, content: UNNotificationContent, trigger: UNNotificationTrigger?) {}  // = requestWithIdentifier
    open var content: UNNotificationContent { fatalError() }
}
open class UNNotification: NSObject {
    open var request: UNNotificationRequest { fatalError() }
}
open class UNNotificationResponse: NSObject {
    open var notification: UNNotification { fatalError() }
}
open class UNUserNotificationCenter: NSObject {
    open class func current() -> UNUserNotificationCenter { fatalError() }  // = currentNotificationCenter
    open weak var delegate: (any UNUserNotificationCenterDelegate)?
    open func getNotificationSettings(completionHandler: @escaping @Sendable (UNNotificationSettings) -> Void) {}  // = getNotificationSettingsWithCompletionHandler
    open func requestAuthorization(  // = requestAuthorizationWithOptions
        options: UNAuthorizationOptions, completionHandler: @escaping @Sendable (Bool, (any Error)?) -> Void
    ) {}
    open func add(  // = addNotificationRequest
        _ request: UNNotificationRequest, withCompletionHandler completionHandler: (@Sendable ((any Error)?) -> Void)?
    ) {}
    open func removeAllPendingNotificationRequests() {}
    open func removeAllDeliveredNotifications() {}
    open func removeDeliveredNotifications(withIdentifiers identifiers: [String]) {}  // = removeDeliveredNotificationsWithIdentifiers
}
public protocol UNUserNotificationCenterDelegate: NSObjectProtocol {  // = UNUserNotificationCenterDelegateProtocol
    func userNotificationCenter(
        _ center: UNUserNotificationCenter, willPresent notification: UNNotification,
        withCompletionHandler completionHandler: @escaping (UNNotificationPresentationOptions) -> Void)
    func userNotificationCenter(
        _ center: UNUserNotificationCenter, didReceive response: UNNotificationResponse,
        withCompletionHandler completionHandler: @escaping () -> Void)
}
