import FirebeeCore
import FirebeeKit
import SwiftUI

/// The tasks that the words find.
struct SearchPane: View {
    private let shell: Shell
    @State private var model: SearchModel

    init(_ shell: Shell, whose: Whose = .mine) {
        self.shell = shell
        _model = State(initialValue: SearchModel(shell, whose: whose))
    }

    var body: some View {
        Reading(title: shell.words.search, page: model.page) { rows in
            Typed(label: shell.words.searchWords, value: model.text) { await model.search($0) }
            Tick(word: shell.words.searchMine, on: model.whose == .mine) { await model.search(.mine) }
            Tick(word: shell.words.searchReview, on: model.whose == .toReview) { await model.search(.toReview) }
            Tick(word: shell.words.searchAll, on: model.whose == .all) { await model.search(.all) }
            if !model.states.isEmpty {
                Narrow(choices: model.states.map { One($0.word, $0.state) }, chosen: model.state) {
                    await model.narrow(state: $0)
                }
            }
            Narrow(choices: model.months.map { One($0.word, $0.month) }, chosen: model.month) {
                await model.narrow(month: $0)
            }
            if rows.rows.isEmpty { Soft(text: shell.words.nothing) }
            ForEach(rows.rows, id: \.task) { row in
                Row(open: { model.open(row) }) { TaskLine(row: row) }
            }
            if rows.more { WideButton(word: shell.words.more) { await model.more() } }
        }
    }
}

/// What a list can be narrowed by; none admits all.
private struct One<Choice: Hashable>: Hashable {
    let word: String
    let choice: Choice?

    init(_ word: String, _ choice: Choice?) {
        self.word = word
        self.choice = choice
    }
}

/// The choices of a list, behind a line that says which is chosen.
private struct Narrow<Choice: Hashable & Sendable>: View {
    let choices: [One<Choice>]
    let chosen: Choice?
    let choose: @MainActor (Choice?) async -> Void
    @State private var open = false

    var body: some View {
        Row(open: { open.toggle() }) { Text(choices.first { $0.choice == chosen }?.word ?? "") }
        if open {
            ForEach(choices, id: \.self) { one in
                Tick(word: one.word, on: one.choice == chosen) {
                    open = false
                    await choose(one.choice)
                }
            }
        }
    }
}
