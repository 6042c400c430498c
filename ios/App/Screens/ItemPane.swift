import FirebeeCore
import FirebeeKit
import SwiftUI

/// One instance of an item: the criterion, the form, what it proposes, its photos.
struct ItemPane: View {
    private let shell: Shell
    @State private var model: ItemModel

    init(_ shell: Shell, _ task: TaskId, _ at: Instance) {
        self.shell = shell
        _model = State(initialValue: ItemModel(shell, task: task, at: at))
    }

    var body: some View {
        Reading(title: model.page.view?.name ?? "", page: model.page) { view in
            Soft(text: view.facility)
            Pair(name: shell.words.criterion, value: view.criterion)
            if let basis = view.basis { Pair(name: shell.words.basis, value: basis) }
            if let every = view.every { Soft(text: every) }
            if let outside = view.outsidePlan { Soft(text: outside) }
            if let previous = view.previous { PreviousRow(shell: shell, previous: previous) }
            ForEach(view.openFaults, id: \.self) { fault in
                Pair(name: shell.words.openFaults, value: fault.text)
                Soft(text: fault.taskName)
                ChipLabel(chip: fault.state)
            }
            ForEach(view.moves, id: \.self) { Soft(text: $0) }
            if let form = model.form { FormRows(shell: shell, model: model, form: form) }
            Section(shell.words.photos) {
                if let why = model.form?.photo { Text(why).foregroundStyle(Tokens.waiting) }
                ForEach(view.photos, id: \.photo) { photo in
                    Row(open: { shell.go(.photo(model.task, photo.photo)) }) { PhotoRow(photo: photo) }
                    if !photo.withdrawn {
                        WideButton(word: shell.words.withdraw) { await model.withdraw(photo.photo) }
                    }
                }
                WideButton(word: shell.words.takePhoto) { model.photo() }
            }
            Section(shell.words.instances) { InstanceRows(shell: shell, model: model, view: view) }
            if view.moveAway.allowed { WideButton(word: shell.words.wrongPlace) { model.move() } }
        }
    }
}

/// What an earlier task found.
struct PreviousRow: View {
    let shell: Shell
    let previous: Previous

    var body: some View {
        Pair(name: shell.words.previous, value: previous.record)
        Soft(text: previous.taskName)
        ChipLabel(chip: previous.verdict)
        Moment(when: previous.when)
    }
}

/// The instances of the item, and what is done with the rest of them.
struct InstanceRows: View {
    let shell: Shell
    let model: ItemModel
    let view: ItemScreen

    var body: some View {
        WideButton(word: shell.words.scan) { model.scan() }
        if shell.phone.tags.available { WideButton(word: shell.words.tag) { await model.tag() } }
        if model.unknown { Text(shell.words.tagUnknown).foregroundStyle(Tokens.waiting) }
        if model.isLong(view) { LiveField(label: shell.words.search, value: model.sought) { await model.find($0) } }
        ForEach(model.near(view), id: \.ordinal) { row in
            Tick(word: "\(row.ordinal) \(row.position ?? "")", on: row.ordinal == view.ordinal) {
                model.open(ordinal: row.ordinal)
            }
            if let verdict = row.verdict { ChipLabel(chip: verdict) }
        }
        if let rest = view.rest {
            if !rest.measured.isEmpty { WideButton(word: rest.text) { model.each() } }
            if rest.measured.isEmpty || rest.conform.allowed {
                ActButton(word: rest.text, act: rest.conform, words: shell.words) { await model.restConform() }
            }
        }
    }
}

/// The questions, the verdicts, and what they ask for.
struct FormRows: View {
    let shell: Shell
    let model: ItemModel
    let form: FormView

    var body: some View {
        Section {
            LiveField(label: shell.words.position, value: model.entry?.position ?? "") { text in
                await model.change { $0.position = text }
            }
            if let variant = form.variant {
                Soft(text: shell.words.variant)
                Choices(options: variant.options, chosen: variant.chosen) { key in
                    await model.change { $0.variant = key }
                }
            }
            if let from = form.takenOver { Soft(text: from) }
            ForEach(form.questions, id: \.key) { question in
                QuestionRow(shell: shell, question: question, value: model.entry?.values[question.key] ?? "") { text in
                    await model.change { $0.values[question.key] = text }
                }
            }
            ForEach(form.notes, id: \.self) { Text($0.text).foregroundStyle($0.tone.ink) }
        }
        Section(shell.words.verdict) {
            if let proposed = form.proposed {
                Soft(text: shell.words.proposed)
                ChipLabel(chip: proposed.chip)
            }
            ForEach(form.verdicts, id: \.verdict) { choice in
                Tick(word: choice.chip.word, on: choice.chosen) {
                    await model.change { $0.verdict = choice.verdict }
                }
                if choice.chosen { Asked(shell: shell, model: model, choice: choice) }
            }
            if let instruments = model.page.view?.instruments, !instruments.isEmpty {
                Soft(text: shell.words.measuredWith)
                ForEach(instruments, id: \.number) { one in
                    Tick(word: "\(one.kind) \(one.number)", on: model.entry?.instrument == one.number) {
                        await model.change { $0.instrument = $0.instrument == one.number ? nil : one.number }
                    }
                    ChipLabel(chip: one.valid)
                }
            }
            if let sentence = form.sentence { Pair(name: shell.words.record, value: sentence) }
            ActButton(word: shell.words.save, act: form.save, words: shell.words) { await model.save() }
                .buttonStyle(.borderedProminent)
        }
    }
}

/// One question, with its unit and its limit beside it.
struct QuestionRow: View {
    let shell: Shell
    let question: Question
    let value: String
    let answer: @MainActor (String) async -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: Space.step) {
            Text(question.label)
            switch question.input {
            case .number(let input):
                HStack {
                    LiveField(label: question.label, value: value, tell: answer)
                        // The pads of numbers have no minus.
                        .keyboardType(
                            input.negative ? .numbersAndPunctuation : input.decimals > 0 ? .decimalPad : .numberPad
                        )
                        .monospacedDigit()
                    Text(input.unit)
                }
            case .pick(let input): Choices(options: input.options, chosen: value, choose: answer)
            case .yesNo(let input):
                Tick(word: input.yes, on: value == "true") { await answer("true") }
                Tick(word: input.no, on: value == "false") { await answer("false") }
            case .words: LiveField(label: question.label, value: value, tell: answer)
            }
            if question.required { Soft(text: shell.words.required) }
            if let limit = question.limit { Pair(name: shell.words.limit, value: limit) }
            if let design = question.fromDesign { Pair(name: shell.words.fromDesign, value: design) }
            if let last = question.lastUsed {
                WideButton(word: last) { await answer(last) }.accessibilityLabel(shell.words.lastUsed)
            }
            if let note = question.note { Text(note.text).foregroundStyle(note.tone.ink) }
        }
    }
}

/// What the chosen verdict asks for.
struct Asked: View {
    let shell: Shell
    let model: ItemModel
    let choice: VerdictChoice

    var body: some View {
        if let label = choice.asksReason {
            Choices(options: choice.reasons, chosen: model.entry?.reasonCode) { code in
                await model.change { $0.reasonCode = code }
            }
            LiveField(label: label, value: model.entry?.reason ?? "") { text in
                await model.change {
                    $0.reason = text
                    $0.reasonCode = nil
                }
            }
        }
        if let label = choice.asksFault {
            Soft(text: shell.words.part)
            Choices(options: choice.parts, chosen: model.entry?.part) { part in await model.change { $0.part = part } }
            Soft(text: shell.words.defect)
            Choices(options: choice.defects, chosen: model.entry?.defect) { defect in
                await model.change { $0.defect = defect }
            }
            LiveField(label: label, value: model.entry?.fault ?? "") { text in await model.change { $0.fault = text } }
        }
    }
}

/// Where an answer can go that was recorded in the wrong place.
struct MovingPane: View {
    private let shell: Shell
    @State private var model: MovingModel

    init(_ shell: Shell, _ task: TaskId, _ at: Instance) {
        self.shell = shell
        _model = State(initialValue: MovingModel(shell, task: task, at: at))
    }

    var body: some View {
        Reading(title: shell.words.wrongPlace, page: model.page) { view in
            Text(view.what)
            if view.targets.isEmpty { Soft(text: shell.words.nothing) }
            ForEach(view.targets, id: \.self) { target in
                Section(target.taskName) {
                    Pair(name: target.name, value: target.facility)
                    if let position = target.position { Soft(text: position) }
                    ActButton(word: shell.words.moveHere, act: view.act, words: shell.words) {
                        await model.move(to: target)
                    }
                }
            }
        }
    }
}
