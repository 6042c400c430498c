import FirebeeCore
import FirebeeKit
import SwiftUI

/// Sign in; a password of the person's own where the server asks for one.
struct SignInScreen: View {
    private let shell: Shell
    @State private var model: SignInModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: SignInModel(shell))
    }

    var body: some View {
        List {
            if let told = model.calls.told { ToldRow(told: told) { model.calls.seen() } }
            Soft(text: shell.words.signInNote)
            Field(label: shell.words.login, text: $model.login)
            SecureField(shell.words.password, text: $model.password).frame(minHeight: Space.target)
            if model.newPassword != nil {
                Soft(text: shell.words.newPasswordNote)
                SecureField(shell.words.newPassword, text: chosen).frame(minHeight: Space.target)
            }
            WideButton(word: model.newPassword == nil ? shell.words.signIn : shell.words.changePassword) {
                await model.signIn()
            }
            .disabled(!model.ready || model.calls.busy)
        }
        .navigationTitle(shell.words.signIn)
        .task { await model.load() }
    }

    private var chosen: Binding<String> {
        Binding(get: { model.newPassword ?? "" }, set: { model.newPassword = $0 })
    }
}

/// What the app needs and why, one permission at a time.
struct PermissionsScreen: View {
    private let shell: Shell
    @State private var model: PermissionsModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: PermissionsModel(shell))
    }

    var body: some View {
        List {
            if let step = model.view {
                Text(step.title).font(.headline)
                Text(step.why)
                Soft(text: step.without)
                WideButton(word: shell.words.allow) { await model.allow() }
                WideButton(word: shell.words.notNow) { model.notNow() }
            }
        }
        .navigationTitle(shell.words.permissions)
    }
}

/// The first pull.
struct PullScreen: View {
    private let shell: Shell
    @State private var model: PullModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: PullModel(shell))
    }

    var body: some View {
        List {
            Soft(text: shell.words.pullNote)
            if let step = model.view {
                ProgressView(value: Double(step.done), total: Double(max(step.total ?? step.done, 1)))
                Text(step.text)
            } else {
                ProgressView()
            }
            if let told = model.calls.told {
                ToldRow(told: told)
                WideButton(word: shell.words.again) { await model.pull() }
            }
        }
        .navigationTitle(shell.words.pull)
        .task { await model.pull() }
    }
}
