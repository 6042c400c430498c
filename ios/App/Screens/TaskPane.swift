import FirebeeCore
import FirebeeKit
import SwiftUI

/// A task: its items, what is still missing, who and what was there, and its acts.
struct TaskPane: View {
    private let shell: Shell
    @State private var model: TaskModel

    init(_ shell: Shell, _ task: TaskId) {
        self.shell = shell
        _model = State(initialValue: TaskModel(shell, task: task))
    }

    var body: some View {
        Reading(title: model.page.view?.name ?? "", page: model.page) { view in
            TaskHead(view: view)
            Section(shell.words.items) {
                Soft(text: view.answered.text)
                WideButton(word: shell.words.scan) { model.scan() }
                ForEach(view.items, id: \.item) { row in
                    Row(open: { model.open(row) }) { ItemLine(row: row, words: shell.words) }
                }
            }
            if !view.steps.isEmpty {
                Section(shell.words.steps) {
                    ForEach(Array(view.steps.enumerated()), id: \.offset) { _, step in
                        Row(open: { model.step(step) }) { Text(step.text) }
                    }
                }
            }
            if view.record.allowed { TaskWork(shell: shell, model: model, view: view) }
            if view.handOver.allowed || view.discard.allowed { TaskEnd(shell: shell, model: model, view: view) }
        }
    }
}

/// What is entered beside the items while a task is worked on, and its submission.
struct TaskWork: View {
    let shell: Shell
    let model: TaskModel
    let view: TaskScreen

    var body: some View {
        if !view.restore.isEmpty || !view.checklist.isEmpty {
            Section(shell.words.restore) {
                RestoreRows(shell: shell, model: model, rows: view.restore)
                ForEach(view.checklist, id: \.name) { line in
                    Tick(word: line.name, on: line.chosen) { await model.confirm(line.name) }
                }
            }
        }
        Section(shell.words.people) { TaskPeople(shell: shell, model: model, view: view) }
        Section {
            if let selfie = view.selfie {
                Row(open: { shell.go(.photo(model.task, selfie.photo)) }) { PhotoRow(photo: selfie) }
            }
            if view.selfie == nil {
                WideButton(word: shell.words.selfie) { model.selfie() }
            } else {
                WideButton(word: "\(shell.words.retake) · \(shell.words.selfieDone)") { model.selfie() }
            }
            WideButton(word: shell.words.trackStart) { await model.track() }
            ActButton(word: shell.words.submit, act: view.submit, words: shell.words) { await model.submit() }
                .buttonStyle(.borderedProminent)
        }
    }
}

/// Where a task stands, and what its executor should know.
struct TaskHead: View {
    let view: TaskScreen

    var body: some View {
        Text(view.projectName)
        Soft(text: view.kind)
        ChipLabel(chip: view.state)
        if let outside = view.outsidePlan { Soft(text: outside) }
        if let due = view.due {
            Text(due.day)
            if let left = due.left { Text(left.text).foregroundStyle(left.tone.ink) }
            if let inTime = due.inTime { ChipLabel(chip: inTime) }
            if let decided = due.decidedBy { Soft(text: decided) }
        }
        if let opinion = view.opinion {
            Text(opinion.text).foregroundStyle(Tokens.nonconform)
            Moment(when: opinion.when)
        }
        if let gone = view.gone { Text(gone.text).foregroundStyle(Tokens.nonconform) }
        if let coverage = view.coverage { ChipLabel(chip: coverage) }
        ForEach(view.warnings + view.notCounted, id: \.self) { Text($0).foregroundStyle(Tokens.waiting) }
    }
}

/// An item of a task.
struct ItemLine: View {
    let row: ItemRow
    let words: Words

    var body: some View {
        Text(row.name)
        Soft(text: row.facility)
        if let position = row.position { Soft(text: position) }
        Soft(text: row.instances.text)
        Soft(text: row.photos.text)
        if let verdict = row.verdict { ChipLabel(chip: verdict) }
        if row.openFault { Text(words.openFaults).foregroundStyle(Tokens.nonconform) }
    }
}

/// What a test isolates, and how each is put back.
struct RestoreRows: View {
    let shell: Shell
    let model: TaskModel
    let rows: [RestoreRow]

    var body: some View {
        ForEach(rows, id: \.system) { row in
            Text(row.name).font(.headline)
            if let told = row.told {
                Pair(name: shell.words.told, value: told)
                if let restored = row.restored {
                    Pair(name: shell.words.restoredBy, value: restored)
                } else {
                    Said(
                        label: shell.words.restoredBy, button: shell.words.putBack, typed: model.restoring(row.system),
                        field: "by"
                    ) { model.putBack(row.system, by: $0) }
                }
            } else {
                Soft(text: row.before)
                Said(
                    label: shell.words.told, button: shell.words.isolate, typed: model.restoring(row.system),
                    field: "told"
                ) { await model.isolate(row.system, told: $0) }
            }
            if let photo = row.photo {
                Row(open: { shell.go(.photo(model.task, photo.photo)) }) { PhotoRow(photo: photo) }
            }
        }
    }
}

/// Controller, helpers, instruments, witness.
struct TaskPeople: View {
    let shell: Shell
    let model: TaskModel
    let view: TaskScreen

    var body: some View {
        if let controller = view.controller {
            Soft(text: shell.words.controller)
            ForEach(controller.known, id: \.self) { brand in
                Tick(word: brand, on: brand == controller.chosen) { await model.controller(brand) }
            }
            if let chosen = controller.chosen { Pair(name: shell.words.controllerBrand, value: chosen) }
            LiveField(label: shell.words.controllerBrand, value: model.brand["brand"]) { await model.find(maker: $0) }
            WideButton(word: shell.words.add) { await model.controller(model.brand["brand"]) }
                .disabled(model.brand["brand"].isEmpty)
            Choices(options: model.offered(controller), chosen: controller.chosen) { await model.controller($0) }
            Tick(word: shell.words.controllerNone, on: controller.none) { await model.controller(nil) }
            WideButton(word: "\(shell.words.controller) · \(shell.words.takePhoto)") { model.panel() }
        }
        Soft(text: shell.words.helpers)
        ForEach(view.helpers, id: \.name) { helper in
            Tick(word: helper.name, on: helper.chosen) { await model.helper(helper.name, there: !helper.chosen) }
        }
        Said(label: shell.words.anotherName, button: shell.words.add, typed: model.another, field: "name") {
            await model.add($0)
        }
        if !view.instruments.isEmpty { Soft(text: shell.words.instruments) }
        ForEach(view.instruments, id: \.number) { one in
            Tick(word: one.kind, on: one.chosen) { await model.instrument(one.number, used: !one.chosen) }
            Soft(text: one.number)
            Soft(text: one.validTo)
            ChipLabel(chip: one.valid)
        }
        if view.witness.asked || view.witness.signed != nil { Witness(shell: shell, model: model, view: view.witness) }
    }
}

/// The owner's witness signs with a finger.
struct Witness: View {
    let shell: Shell
    let model: TaskModel
    let view: WitnessView

    var body: some View {
        Soft(text: shell.words.witness)
        if let signed = view.signed {
            Text(signed)
            if let when = view.when { Moment(when: when) }
        } else if view.asked {
            TypedField(label: shell.words.witnessName, typed: model.signing, field: "name")
            TypedField(label: shell.words.witnessRole, typed: model.signing, field: "role")
            Soft(text: shell.words.witnessSign)
            SignatureBox(strokes: model.strokes) { model.strokes.append($0) }
            WideButton(word: shell.words.clear) { model.strokes = [] }.disabled(model.strokes.isEmpty)
            WideButton(word: shell.words.witnessKeep) { await model.witness() }
                .disabled(model.signing["name"].isEmpty || model.strokes.isEmpty)
        }
    }
}

/// The box that a finger signs in.
struct SignatureBox: View {
    let strokes: [Stroke]
    let add: @MainActor (Stroke) -> Void
    /// The line that the finger draws now.
    @State private var line: [Spot] = []

    var body: some View {
        GeometryReader { room in
            Path { path in
                for stroke in strokes + [Stroke(points: line)] {
                    path.addLines(stroke.points.map { CGPoint(x: $0.x * room.size.width, y: $0.y * room.size.height) })
                }
            }
            // The sheet is white in both themes.
            .stroke(Ink(light: Tokens.ink.light, dark: Tokens.ink.light), lineWidth: 2)
            .background(Tokens.sheet)
            .gesture(
                DragGesture(minimumDistance: 0)
                    .onChanged { drag in
                        let x = drag.location.x / room.size.width
                        let y = drag.location.y / room.size.height
                        line.append(Spot(x: x, y: y))
                    }
                    .onEnded { _ in
                        add(Stroke(points: line))
                        line = []
                    })
        }
        .frame(height: 180)
    }
}

/// Handing over and giving up.
struct TaskEnd: View {
    let shell: Shell
    let model: TaskModel
    let view: TaskScreen

    var body: some View {
        Section("\(shell.words.handOver) · \(shell.words.discard)") {
            if view.handOver.allowed { Soft(text: shell.words.handOverTo) }
            ForEach(view.receivers, id: \.account) { receiver in
                Tick(word: receiver.name, on: receiver.account == model.receiver) { model.receiver = receiver.account }
            }
            TypedField(label: shell.words.reason, typed: model.leaving, field: "reason")
            ActButton(word: shell.words.handOver, act: view.handOver, words: shell.words) { await model.handOver() }
                .disabled(model.receiver == nil)
            ActButton(word: shell.words.discard, act: view.discard, words: shell.words) { await model.discard() }
        }
    }
}
