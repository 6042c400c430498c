import BackgroundTasks
import FirebeeKit
import Foundation

/// The work that iOS grants the app while it is not seen: a short round often, a long one on the charger.
@MainActor
final class JobsAdapter: Jobs {
    /// The names that Info.plist permits.
    static let refresh = "cn.firebee.app.refresh"
    static let upload = "cn.firebee.app.upload"

    /// Says who does the work; before the app has finished its launch.
    func register(_ home: Home) {
        for name in [Self.refresh, Self.upload] {
            BGTaskScheduler.shared.register(forTaskWithIdentifier: name, using: .main) { task in
                let granted = Granted(task: task)
                // The queue is the main one.
                MainActor.assumeIsolated { self.run(granted, home) }
            }
        }
    }

    func plan() {
        let refresh = BGAppRefreshTaskRequest(identifier: Self.refresh)
        let upload = BGProcessingTaskRequest(identifier: Self.upload)
        upload.requiresNetworkConnectivity = true
        // A refusal means that the person has switched this off for the app: it sends when it is opened.
        for request in [refresh, upload] { try? BGTaskScheduler.shared.submit(request) }
    }

    private func run(_ granted: Granted, _ home: Home) {
        let wake = Wake(home: home)
        granted.task.expirationHandler = { Task { @MainActor in wake.expire() } }
        Task {
            let done = await wake.run()
            await home.rest()
            granted.task.setTaskCompleted(success: done)
        }
    }
}

/// A task of the system, which any thread may end.
private struct Granted: @unchecked Sendable {
    let task: BGTask
}
