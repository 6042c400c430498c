// What the adapters call of BackgroundTasks. A comment `= name` says how the probe in ../sdk calls it, where that differs.
@_exported import Foundation

open class BGTask: NSObject {
    open var expirationHandler: (() -> Void)?
    open func setTaskCompleted(success: Bool) {}  // = setTaskCompletedWithSuccess
}
open class BGTaskRequest: NSObject {}
open class BGAppRefreshTaskRequest: BGTaskRequest {
    public init(identifier: String) {}
}
open class BGProcessingTaskRequest: BGTaskRequest {
    public init(identifier: String) {}
    open var requiresNetworkConnectivity: Bool = false
}
open class BGTaskScheduler: NSObject {
    open class var shared: BGTaskScheduler { fatalError() }  // = sharedScheduler
    @discardableResult
    open func register(  // = registerForTaskWithIdentifier
        forTaskWithIdentifier identifier: String, using queue: DispatchQueue?,
        launchHandler: @escaping @Sendable (BGTask) -> Void
    ) -> Bool { fatalError() }
    open func submit(_ taskRequest: BGTaskRequest) throws {}  // = submitTaskRequest
}
