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
            if rows.rows.isEmpty { Soft(text: shell.words.nothing) }
            ForEach(rows.rows, id: \.task) { row in
                Row(open: { model.open(row) }) { TaskLine(row: row) }
            }
            if rows.more { WideButton(word: shell.words.more) { await model.more() } }
        }
    }
}
