import FirebeeCore
import FirebeeKit
import SwiftUI

/// A lead's look at a task: answers, faults, evidence, times, and the decision at the bottom.
struct ReviewPane: View {
    private let shell: Shell
    private let camera: CameraAdapter
    @State private var model: ReviewModel

    init(_ shell: Shell, _ camera: CameraAdapter, _ task: TaskId) {
        self.shell = shell
        self.camera = camera
        _model = State(initialValue: ReviewModel(shell, task: task))
    }

    var body: some View {
        Reading(title: model.page.view?.task.name ?? shell.words.review, page: model.page) { view in
            TaskHead(view: view.task)
            Pair(name: shell.words.evidence, value: view.evidence.text)
            if !view.flags.isEmpty {
                Section(shell.words.flags) {
                    ForEach(view.flags, id: \.self) { Text($0).foregroundStyle(Tokens.waiting) }
                }
            }
            Section(shell.words.answers) {
                ForEach(view.answers, id: \.self) { AnswerLine(shell: shell, task: model.task, answer: $0) }
            }
            if !view.faults.isEmpty {
                Section(shell.words.faults) {
                    ForEach(view.faults, id: \.fault) { fault in
                        FaultLine(shell: shell, camera: camera, model: model, fault: fault, teamLeads: view.teamLeads)
                    }
                }
            }
            if let selfie = view.task.selfie {
                Row(open: { shell.go(.photo(model.task, selfie.photo)) }) { PhotoRow(photo: selfie) }
            }
            Section(shell.words.times) {
                ForEach(view.times, id: \.self) { row in
                    Pair(name: row.what, value: row.when.text)
                    if let sure = row.when.sure { Soft(text: sure) }
                }
            }
            if !view.log.isEmpty {
                Section(shell.words.log) { ForEach(view.log, id: \.self) { LogLine(row: $0) } }
            }
            if view.seen != nil {
                TypedField(label: shell.words.opinion, typed: model.typed, field: "opinion")
                AttachedRows(words: shell.words, camera: camera, attached: model.attached)
                ActButton(word: shell.words.approve, act: view.approve, words: shell.words) { await model.approve() }
                    .buttonStyle(.borderedProminent)
                ActButton(word: shell.words.reject, act: view.reject, words: shell.words) { await model.reject() }
                    .disabled(model.typed["opinion"].isEmpty)
            }
        }
        .onDisappear { camera.rest() }
    }
}

/// A decision of before.
struct LogLine: View {
    let row: LogRow

    var body: some View {
        ChipLabel(chip: row.decision)
        Text(row.opinion)
        if let reviewer = row.reviewer { Soft(text: reviewer) }
        Moment(when: row.when)
    }
}

/// An answer that counts.
struct AnswerLine: View {
    let shell: Shell
    let task: TaskId
    let answer: AnswerRow

    var body: some View {
        Text(answer.itemName).font(.headline)
        Soft(text: answer.place)
        Soft(text: answer.criterion)
        Text(answer.measuredRecord)
        ForEach(answer.each, id: \.self) { Text($0).monospacedDigit() }
        ChipLabel(chip: answer.verdict)
        if let proposed = answer.proposed { ChipLabel(chip: proposed) }
        if let reason = answer.reason { Text(reason) }
        if let moved = answer.moved { Soft(text: moved) }
        Moment(when: answer.when)
        ForEach(answer.photos, id: \.photo) { photo in
            Row(open: { shell.go(.photo(task, photo.photo)) }) { PhotoRow(photo: photo) }
        }
    }
}

/// A fault, and the ways that are offered for it.
struct FaultLine: View {
    let shell: Shell
    let camera: CameraAdapter
    let model: ReviewModel
    let fault: FaultRow
    let teamLeads: [PersonRow]

    var body: some View {
        Text(fault.itemName).font(.headline)
        Soft(text: fault.place)
        Text(fault.text)
        ChipLabel(chip: fault.state)
        if let explanation = fault.explanation { Pair(name: shell.words.explanation, value: explanation) }
        ForEach(fault.photos, id: \.photo) { photo in
            Row(open: { shell.go(.photo(model.task, photo.photo)) }) { PhotoRow(photo: photo) }
        }
        SaidRows(rows: fault.said)
        if fault.record.allowed {
            WideButton(word: shell.words.recordFault) { shell.go(.record(model.task, fault.fault)) }
        }
        ForEach(fault.dispatches, id: \.dispatch) { DispatchLine(shell: shell, row: $0) }
        if fault.ways.contains(where: { $0.asks.explanation }) {
            TypedField(label: shell.words.explanation, typed: model.handling(fault.fault), field: "explanation")
        }
        if fault.ways.contains(where: { $0.asks.plan }) {
            TypedField(label: shell.words.repairPlan, typed: model.handling(fault.fault), field: "plan")
        }
        if fault.ways.contains(where: { $0.asks.teamLead }) {
            Soft(text: shell.words.teamLead)
            ForEach(teamLeads, id: \.account) { person in
                Tick(word: person.name, on: person.account == model.teamLead(fault.fault)) {
                    model.send(person, for: fault.fault)
                }
            }
        }
        if !fault.ways.isEmpty {
            AttachedRows(words: shell.words, camera: camera, attached: model.attached(to: fault.fault))
            Soft(text: shell.words.handle)
        }
        ForEach(fault.ways, id: \.way) { choice in
            OfferButton(word: choice.word, consequence: choice.finalText, words: shell.words) {
                await model.handle(fault.fault, by: choice)
            }
        }
    }
}

/// What the server does not count, and what this lead says of it.
struct UndecidedPane: View {
    private let shell: Shell
    @State private var model: UndecidedModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: UndecidedModel(shell))
    }

    var body: some View {
        Reading(title: shell.words.undecided, page: model.page) { view in
            Text(view.text)
            ForEach(view.groups, id: \.self) { group in
                Section(group.taskName) {
                    Soft(text: group.projectName)
                    Text(group.authorName)
                    Text(group.why)
                    ForEach(group.rows, id: \.fact) { row in
                        Pair(name: row.what, value: row.says)
                        Moment(when: row.when)
                    }
                    TypedField(label: shell.words.reason, typed: model.reason(group), field: "reason")
                    ActButton(word: shell.words.adopt, act: group.adopt, words: shell.words) {
                        await model.decide(group, .adopted)
                    }
                    .disabled(model.reason(group)["reason"].isEmpty)
                    ActButton(word: shell.words.refuse, act: group.refuse, words: shell.words) {
                        await model.decide(group, .refused)
                    }
                    .disabled(model.reason(group)["reason"].isEmpty)
                }
            }
        }
    }
}
