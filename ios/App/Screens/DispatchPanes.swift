import FirebeeCore
import FirebeeKit
import SwiftUI

/// What this account is sent for, found by words and state.
struct DispatchesPane: View {
    private let shell: Shell
    @State private var model: DispatchesModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: DispatchesModel(shell))
    }

    var body: some View {
        Reading(title: shell.words.dispatches, page: model.page) { rows in
            LiveField(label: shell.words.search, value: model.text) { await model.search($0) }
            Tick(word: shell.words.searchMine, on: !model.led) { await model.search(led: false) }
            Tick(word: shell.words.searchAll, on: model.led) { await model.search(led: true) }
            Narrow(choices: model.states.map { One($0.word, $0.chosen, $0) }) { await model.narrow($0) }
            if rows.rows.isEmpty { Soft(text: shell.words.nothing) }
            ForEach(rows.rows, id: \.dispatch) { DispatchLine(shell: shell, row: $0) }
            if rows.more { WideButton(word: shell.words.more) { await model.more() } }
        }
    }
}

/// A dispatch on a list.
struct DispatchLine: View {
    let shell: Shell
    let row: DispatchRow

    var body: some View {
        Row(open: { shell.go(.dispatch(row.dispatch)) }) {
            Text(row.what).font(.headline)
            Soft(text: row.kindWord)
            Soft(text: row.projectName)
            if let position = row.position { Soft(text: position) }
            Soft(text: row.teamLead)
            ChipLabel(chip: row.state)
            Soft(text: row.when.text)
        }
    }
}

/// One dispatch: receive, begin, finish with words and photos.
struct DispatchPane: View {
    private let shell: Shell
    private let camera: CameraAdapter
    @State private var model: DispatchModel

    init(_ shell: Shell, _ camera: CameraAdapter, _ dispatch: DispatchId) {
        self.shell = shell
        self.camera = camera
        _model = State(initialValue: DispatchModel(shell, dispatch: dispatch))
    }

    var body: some View {
        Reading(title: model.page.view?.row.what ?? "", page: model.page) { view in
            ChipLabel(chip: view.row.state)
            Soft(text: view.row.kindWord)
            Soft(text: view.row.projectName)
            if let position = view.row.position { Soft(text: position) }
            Soft(text: view.row.teamLead)
            Text(view.address)
            Soft(text: view.system)
            Pair(name: shell.words.fault, value: view.fault)
            if !view.plan.isEmpty { Pair(name: shell.words.repairPlan, value: view.plan) }
            ForEach(view.notCounted, id: \.self) { Text($0).foregroundStyle(Tokens.waiting) }
            acts(view.row)
            Section(shell.words.history) {
                ForEach(view.log, id: \.self) { step in
                    Pair(name: step.what, value: step.who)
                    Soft(text: step.details)
                    Moment(when: step.when)
                }
            }
        }
        .onDisappear { camera.rest() }
    }

    @ViewBuilder private func acts(_ row: DispatchRow) -> some View {
        if row.receive.allowed {
            ActButton(word: shell.words.receive, act: row.receive, words: shell.words) { await model.receive() }
                .buttonStyle(.borderedProminent)
        } else if row.start.allowed {
            ActButton(word: shell.words.begin, act: row.start, words: shell.words) { await model.start() }
                .buttonStyle(.borderedProminent)
        } else if row.finish.allowed {
            TypedField(label: shell.words.foundAndDone, typed: model.typed, field: "details")
            AttachedRows(words: shell.words, camera: camera, attached: model.attached)
            ActButton(word: shell.words.resolved, act: row.finish, words: shell.words) { await model.finish(.resolved) }
                .buttonStyle(.borderedProminent)
                .disabled(model.typed["details"].isEmpty)
            ActButton(word: shell.words.unresolved, act: row.finish, words: shell.words) {
                await model.finish(.unresolved)
            }
            .disabled(model.typed["details"].isEmpty)
        }
    }
}
