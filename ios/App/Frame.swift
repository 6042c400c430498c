import FirebeeCore
import FirebeeKit
import SwiftUI

/// The way through the screens, the one status line, and the bar at the bottom.
struct Frame: View {
    @Bindable var shell: Shell
    let camera: CameraAdapter
    let capture: CaptureAdapter
    /// The screens that lay over one another when the system ended the app.
    @SceneStorage("way") private var kept = ""
    @Environment(\.scenePhase) private var phase
    @State private var captured = false

    var body: some View {
        NavigationStack(path: $shell.path) {
            Destination(shell: shell, camera: camera, route: shell.root)
                .id(shell.root)
                .navigationDestination(for: Route.self) { route in
                    Destination(shell: shell, camera: camera, route: route)
                }
        }
        .safeAreaInset(edge: .bottom) {
            VStack(spacing: 0) {
                if let quiet = shell.quiet {
                    Row(open: { shell.go(.sync) }) {
                        Text(quiet.text).font(.caption).foregroundStyle(quiet.tone.ink)
                    }
                    .padding(.horizontal, Space.radius)
                }
                if Route.roots.contains(shell.root) { bar }
            }
            .background(Tokens.card)
        }
        .overlay {
            if shell.covered(seen: phase == .active, captured: captured) { Cover(words: shell.words) }
        }
        .task { await shell.followQuiet() }
        .task { for await now in capture.changes() { captured = now } }
        .onAppear { shell.comeBack(kept) }
        .onChange(of: shell.way) { kept = shell.kept }
    }

    private var bar: some View {
        HStack(spacing: 0) {
            ForEach(Route.roots, id: \.self) { route in
                Button {
                    shell.begin(route)
                } label: {
                    VStack(spacing: Space.step) {
                        Image(systemName: symbol(route)).accessibilityHidden(true)
                        Text(word(route)).font(.caption)
                    }
                    .frame(maxWidth: .infinity, minHeight: Space.target)
                }
                .buttonStyle(.plain)
                .foregroundStyle(route == shell.root ? Tokens.accent : Tokens.soft)
            }
        }
    }

    private func word(_ route: Route) -> String {
        switch route {
        case .projects: shell.words.projects
        case .search: shell.words.search
        case .sync: shell.words.sync
        case .settings: shell.words.settings
        default: shell.words.today
        }
    }

    private func symbol(_ route: Route) -> String {
        switch route {
        case .projects: "building.2"
        case .search: "magnifyingglass"
        case .sync: "arrow.triangle.2.circlepath"
        case .settings: "gearshape"
        default: "calendar"
        }
    }
}

/// What is seen in place of evidence that could be copied.
struct Cover: View {
    let words: Words

    var body: some View {
        VStack(spacing: Space.step) {
            Text(words.screenshots).font(.headline)
            Soft(text: words.screenshotsCovered)
        }
        .padding(.all, Space.radius)
        .frame(maxWidth: .infinity, maxHeight: .infinity)
        .background(Tokens.paper)
    }
}

/// The screen of a route.
struct Destination: View {
    let shell: Shell
    let camera: CameraAdapter
    let route: Route

    var body: some View {
        switch route {
        case .signIn: SignInScreen(shell)
        case .permissions: PermissionsScreen(shell)
        case .pull: PullScreen(shell)
        case .today: TodayScreen(shell)
        case .projects: ProjectsScreen(shell)
        case .project(let project): ProjectPane(shell, project)
        case .supplementary(let project): SupplementaryPane(shell, project)
        case .task(let task): TaskPane(shell, task)
        case .item(let task, let at): ItemPane(shell, task, at)
        case .each(let task, let at): EachPane(shell, task, at)
        case .scan(let task, let item): ScanPane(shell, camera, task, item)
        case .moving(let task, let at): MovingPane(shell, task, at)
        case .camera(let task, let purpose, let restored): CameraPane(shell, camera, task, purpose, restored)
        case .photo(let task, let photo): PhotoPane(shell, task, photo)
        case .track: TrackPane(shell)
        case .dispatches: DispatchesPane(shell)
        case .dispatch(let dispatch): DispatchPane(shell, camera, dispatch)
        case .search: SearchPane(shell)
        case .reviews: SearchPane(shell, whose: .toReview)
        case .sync: SyncPane(shell)
        case .settings: SettingsPane(shell)
        case .review(let task): ReviewPane(shell, camera, task)
        case .record(let task, let fault): RecordPane(shell, task, fault)
        case .undecided: UndecidedPane(shell)
        }
    }
}
