import FirebeeCore
import FirebeeKit
import SwiftUI

/// What is seen before a client is open, and then its screens.
struct Entrance: View {
    let home: Home
    let camera: CameraAdapter
    let capture: CaptureAdapter

    var body: some View {
        switch home.door {
        case .server: ServerScreen(home: home)
        case .opening: ProgressView()
        case .refused(let told):
            List {
                ToldRow(told: told)
                WideButton(word: home.words.again) { await home.open() }
            }
        case .open(let shell):
            Frame(shell: shell, camera: camera, capture: capture)
                .tint(Tokens.accent)
                .preferredColorScheme(scheme(shell.theme))
        }
    }

    private func scheme(_ theme: Theme) -> ColorScheme? {
        switch theme {
        case .phone: nil
        case .light: .light
        case .dark: .dark
        }
    }
}

/// Where the server is.
struct ServerScreen: View {
    let home: Home
    @SceneStorage("server") private var url = ""

    var body: some View {
        List {
            Field(label: home.words.server, text: $url).keyboardType(.URL)
            Soft(text: home.words.serverNote)
            WideButton(word: home.words.goOn) { await home.server(url) }
        }
    }
}

/// A field that corrects nothing.
struct Field: View {
    let label: String
    @Binding var text: String

    var body: some View {
        TextField(label, text: $text)
            .textInputAutocapitalization(.never)
            .autocorrectionDisabled()
            .frame(minHeight: Space.target)
    }
}
