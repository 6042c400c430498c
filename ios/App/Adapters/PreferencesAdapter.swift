import FirebeeKit
import Foundation

/// The person's choices in the defaults of the app.
@MainActor
final class PreferencesAdapter: Preferences {
    private let defaults = UserDefaults.standard

    var server: String? {
        get { defaults.string(forKey: "server") }
        set { defaults.set(newValue, forKey: "server") }
    }
    var tongue: Tongue {
        get { defaults.string(forKey: "tongue").flatMap(Tongue.init) ?? .phone }
        set { defaults.set(newValue.rawValue, forKey: "tongue") }
    }
    var theme: Theme {
        get { defaults.string(forKey: "theme").flatMap(Theme.init) ?? .phone }
        set { defaults.set(newValue.rawValue, forKey: "theme") }
    }
    var screenshots: Bool {
        get { defaults.bool(forKey: "screenshots") }
        set { defaults.set(newValue, forKey: "screenshots") }
    }
}
