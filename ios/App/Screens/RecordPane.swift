import FirebeeCore
import FirebeeKit
import SwiftUI

/// What the law asks of a fault beside its description: each point is open until somebody says it.
struct RecordPane: View {
    private let shell: Shell
    @State private var model: RecordModel

    init(_ shell: Shell, _ task: TaskId, _ fault: FaultId) {
        self.shell = shell
        _model = State(initialValue: RecordModel(shell, task: task, fault: fault))
    }

    var body: some View {
        Reading(title: shell.words.recordFault, page: model.page) { view in
            Text(view.fault.itemName).font(.headline)
            Soft(text: view.fault.place)
            Text(view.fault.text)
            ChipLabel(chip: view.fault.state)
            YesNo(label: shell.words.systemStopped, words: shell.words, said: $model.stopped)
            YesNo(label: shell.words.brigadeTold, words: shell.words, said: $model.told)
            Field(label: shell.words.measures, text: $model.measures)
            Field(label: shell.words.ownerOpinion, text: $model.opinion)
            Field(label: shell.words.confirmedBy, text: $model.confirmedBy)
            Soft(text: shell.words.confirmedNow)
            Soft(text: shell.words.recordNote)
            ActButton(word: shell.words.save, act: view.fault.record, words: shell.words) { await model.save() }
                .buttonStyle(.borderedProminent)
            if !view.records.isEmpty {
                Section(shell.words.recordHistory) {
                    ForEach(view.records, id: \.self) { row in
                        if let who = row.who { Text(who) }
                        Moment(when: row.when)
                        SaidRows(rows: row.said)
                    }
                }
            }
        }
    }
}

/// A question that may stay open.
private struct YesNo: View {
    let label: String
    let words: Words
    @Binding var said: Bool?

    var body: some View {
        Section(label) {
            Tick(word: words.notSaid, on: said == nil) { said = nil }
            Tick(word: words.yes, on: said == true) { said = true }
            Tick(word: words.no, on: said == false) { said = false }
        }
    }
}

/// The points of a record that somebody has said.
struct SaidRows: View {
    let rows: [SaidRow]

    var body: some View {
        ForEach(rows, id: \.self) { Pair(name: $0.what, value: $0.value) }
    }
}
