import FirebeeCore
import FirebeeKit
import SwiftUI

/// What is measured at each of many instances, recorded in one answer.
struct EachPane: View {
    private let shell: Shell
    @State private var model: EachModel

    init(_ shell: Shell, _ task: TaskId, _ at: Instance) {
        self.shell = shell
        _model = State(initialValue: EachModel(shell, task: task, at: at))
    }

    var body: some View {
        Reading(title: model.page.view?.name ?? "", page: model.page) { view in
            Text(view.rest.text)
            ForEach(view.rows, id: \.ordinal) { row in
                Section {
                    Text(verbatim: "\(row.ordinal)").font(.headline)
                    if let position = row.position { Soft(text: position) }
                    ForEach(view.questions, id: \.key) { question in
                        QuestionRow(shell: shell, question: question, value: model.value(row, question.key)) { text in
                            model.type(row, question.key, text)
                        }
                    }
                    ForEach(model.notes(row), id: \.self) { Text($0.text).foregroundStyle($0.tone.ink) }
                }
            }
            WideButton(word: "\(shell.words.save) (\(model.count))") { await model.save() }
                .buttonStyle(.borderedProminent)
                .disabled(model.count == 0)
        }
    }
}
