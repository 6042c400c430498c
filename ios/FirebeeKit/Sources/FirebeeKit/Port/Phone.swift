import FirebeeCore

/// What the app runs on.
@MainActor
public struct Phone {
    public let lens: any Lens
    public let permissions: any Permissions
    public let files: any Files
    public let locator: any Locator
    public let jobs: any Jobs
    public let preferences: any Preferences
    public let tags: any TagReader
    public let notices: any Notices
    /// The version of the app.
    public let version: String
    /// Whether the phone itself speaks Chinese.
    public let chinese: Bool

    public init(
        lens: any Lens, permissions: any Permissions, files: any Files, locator: any Locator, jobs: any Jobs,
        preferences: any Preferences, tags: any TagReader, notices: any Notices, version: String, chinese: Bool
    ) {
        self.lens = lens
        self.permissions = permissions
        self.files = files
        self.locator = locator
        self.jobs = jobs
        self.preferences = preferences
        self.tags = tags
        self.notices = notices
        self.version = version
        self.chinese = chinese
    }

    /// The language of the app: that of the phone until somebody chooses one.
    var language: Language {
        switch preferences.tongue {
        case .chinese: .zh
        case .english: .en
        case .phone: chinese ? .zh : .en
        }
    }
}
