import FirebeeCore
import FirebeeKit
import SwiftUI

/// A lead's look at a task: answers, faults, evidence, times, and the decision at the bottom.
struct ReviewPane: View {
    private let shell: Shell
    private let camera: CameraAdapter
    @State private var model: ReviewModel
    @State private var opinion = ""

    init(_ shell: Shell, _ camera: CameraAdapter, _ task: TaskId) {
        self.shell = shell
        self.camera = camera
        _model = State(initialValue: ReviewModel(shell, task: task))
    }

    var body: some View {
        Reading(title: model.page.view?.task.name ?? "", page: model.page) { view in
            TaskHead(view: view.task)
            Section(shell.words.flags) {
                ForEach(view.flags, id: \.self) { Text($0).foregroundStyle(Tokens.waiting) }
                Pair(name: shell.words.evidence, value: view.evidence.text)
            }
            Section(shell.words.answers) {
                ForEach(view.answers, id: \.self) { AnswerLine(shell: shell, task: model.task, answer: $0) }
            }
            Section(shell.words.faults) {
                ForEach(view.faults, id: \.fault) { fault in
                    FaultLine(shell: shell, camera: camera, model: model, fault: fault, teamLeads: view.teamLeads)
                }
            }
            Section(shell.words.times) {
                ForEach(view.times, id: \.self) { row in
                    Pair(name: row.what, value: row.when.text)
                    if let sure = row.when.sure { Soft(text: sure) }
                }
            }
            Section(shell.words.log) {
                ForEach(view.log, id: \.self) { row in
                    ChipLabel(chip: row.decision)
                    Text(row.opinion)
                    if let reviewer = row.reviewer { Soft(text: reviewer) }
                    Moment(when: row.when)
                }
            }
            Field(label: shell.words.opinion, text: $opinion)
            AttachedRows(words: shell.words, camera: camera, attached: model.attached)
            ActButton(word: shell.words.approve, act: view.approve, words: shell.words) {
                await model.approve(opinion: opinion)
            }
            .buttonStyle(.borderedProminent)
            ActButton(word: shell.words.reject, act: view.reject, words: shell.words) {
                await model.reject(opinion: opinion)
            }
        }
        .onDisappear { camera.rest() }
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
    @State private var explanation = ""
    @State private var plan = ""
    @State private var teamLead: AccountId?

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
            Field(label: shell.words.explanation, text: $explanation)
        }
        if fault.ways.contains(where: { $0.asks.plan }) { Field(label: shell.words.repairPlan, text: $plan) }
        if fault.ways.contains(where: { $0.asks.teamLead }) {
            Soft(text: shell.words.teamLead)
            ForEach(teamLeads, id: \.account) { person in
                Tick(word: person.name, on: person.account == teamLead) { teamLead = person.account }
            }
        }
        if !fault.ways.isEmpty {
            AttachedRows(words: shell.words, camera: camera, attached: model.attached(to: fault.fault))
            Soft(text: shell.words.handle)
        }
        ForEach(fault.ways, id: \.way) { choice in
            OfferButton(word: choice.word, consequence: choice.finalText, words: shell.words) {
                let sent = choice.asks.teamLead ? teamLead : nil
                await model.handle(
                    fault.fault, way: choice.way, explanation: explanation, teamLead: sent, plan: plan)
            }
        }
    }
}

/// What the server does not count, and what this lead says of it.
struct UndecidedPane: View {
    private let shell: Shell
    @State private var model: UndecidedModel
    @State private var reason = ""

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: UndecidedModel(shell))
    }

    var body: some View {
        Reading(title: shell.words.undecided, page: model.page) { view in
            Text(view.text)
            Field(label: shell.words.reason, text: $reason)
            ForEach(view.groups, id: \.self) { group in
                Section(group.taskName) {
                    Soft(text: group.projectName)
                    Text(group.authorName)
                    Text(group.why)
                    ForEach(group.rows, id: \.fact) { row in
                        Pair(name: row.what, value: row.says)
                        Moment(when: row.when)
                    }
                    ActButton(word: shell.words.adopt, act: group.adopt, words: shell.words) {
                        await model.decide(group, .adopted, reason: reason)
                    }
                    ActButton(word: shell.words.refuse, act: group.refuse, words: shell.words) {
                        await model.decide(group, .refused, reason: reason)
                    }
                }
            }
        }
    }
}
