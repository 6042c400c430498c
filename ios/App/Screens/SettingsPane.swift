import FirebeeCore
import FirebeeKit
import SwiftUI

/// The account, what is not allowed yet, language and theme.
struct SettingsPane: View {
    private let shell: Shell
    @State private var model: SettingsModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: SettingsModel(shell))
    }

    private func own(_ language: String) -> String {
        Locale(identifier: language).localizedString(forIdentifier: language) ?? language
    }

    var body: some View {
        Reading(title: shell.words.settings, page: model.page) { view in
            Section(shell.words.account) {
                if let person = view.me.person { Text(person).font(.headline) }
                if let role = view.me.roleWord { Soft(text: role) }
                if let organisation = view.me.organisation {
                    Pair(name: shell.words.organisation, value: organisation)
                }
                ChipLabel(chip: view.me.state)
                if let why = view.me.mayRecord.whyNot { Text(why).foregroundStyle(Tokens.waiting) }
                ActButton(word: shell.words.signOut, act: view.me.signOut, words: shell.words) { await model.signOut() }
                ActButton(word: shell.words.wipe, act: view.me.wipe, words: shell.words) { await model.wipe() }
            }
            Section(shell.words.permissions) {
                ForEach(view.missing, id: \.permission) { step in
                    Pair(name: step.title, value: step.why)
                    Soft(text: step.without)
                    WideButton(word: shell.words.allow) { await model.ask(step) }
                }
                WideButton(word: shell.words.batteryOpen) { model.openSettings() }
            }
            Section(shell.words.language) {
                Tick(word: shell.words.themeSystem, on: view.tongue == .phone) { model.speak(.phone) }
                // Each language is called by its own name, whatever the app speaks.
                Tick(word: own("zh-Hans"), on: view.tongue == .chinese) { model.speak(.chinese) }
                Tick(word: own("en"), on: view.tongue == .english) { model.speak(.english) }
            }
            Section(shell.words.theme) {
                Tick(word: shell.words.themeSystem, on: shell.theme == .phone) { model.paint(.phone) }
                Tick(word: shell.words.themeLight, on: shell.theme == .light) { model.paint(.light) }
                Tick(word: shell.words.themeDark, on: shell.theme == .dark) { model.paint(.dark) }
            }
            Section(shell.words.screenshots) {
                Tick(word: shell.words.screenshotsAllow, on: shell.screenshots) {
                    model.allowScreenshots(!shell.screenshots)
                }
            }
            if let rules = view.pictures {
                Section(shell.words.pictures) { AllowanceRows(rules: rules) { await model.allow($0) } }
            }
            Section(shell.words.about) {
                Pair(name: shell.words.version, value: view.version)
                Pair(name: shell.words.server, value: view.server)
            }
        }
    }
}
