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
            Row(open: { shell.go(.dispatches) }) { Text(shell.words.dispatches) }
            LiveField(label: shell.words.searchWords, value: model.text) { await model.search($0) }
            Tick(word: shell.words.searchMine, on: model.whose == .mine) { await model.search(.mine) }
            Tick(word: shell.words.searchReview, on: model.whose == .toReview) { await model.search(.toReview) }
            Tick(word: shell.words.searchAll, on: model.whose == .all) { await model.search(.all) }
            Narrow(choices: model.states.map { One($0.word, $0.chosen, $0) }) { await model.narrow($0) }
            Narrow(choices: model.months.map { One($0.word, $0.chosen, $0) }) { await model.narrow($0) }
            if rows.rows.isEmpty { Soft(text: shell.words.nothing) }
            ForEach(rows.rows, id: \.task) { row in
                Row(open: { model.open(row) }) { TaskLine(row: row) }
            }
            if rows.more { WideButton(word: shell.words.more) { await model.more() } }
        }
    }
}

/// What a list can be narrowed by.
struct One<Choice: Hashable & Sendable>: Hashable {
    let word: String
    let chosen: Bool
    let choice: Choice

    init(_ word: String, _ chosen: Bool, _ choice: Choice) {
        self.word = word
        self.chosen = chosen
        self.choice = choice
    }
}

/// The choices of a list, behind a line that says which is chosen.
struct Narrow<Choice: Hashable & Sendable>: View {
    let choices: [One<Choice>]
    let choose: @MainActor (Choice) async -> Void
    @State private var open = false

    var body: some View {
        if let now = choices.first(where: \.chosen) {
            Row(open: { open.toggle() }) { Text(now.word) }
        }
        if open {
            ForEach(choices, id: \.self) { one in
                Tick(word: one.word, on: one.chosen) {
                    open = false
                    await choose(one.choice)
                }
            }
        }
    }
}
