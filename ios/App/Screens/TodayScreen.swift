import FirebeeCore
import FirebeeKit
import SwiftUI

/// A day: what runs, what is issued, what waits.
struct TodayScreen: View {
    private let shell: Shell
    @State private var model: TodayModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: TodayModel(shell))
    }

    var body: some View {
        Reading(title: shell.words.today, page: model.page) { today in
            if today.tasks.isEmpty, today.issued.isEmpty { Soft(text: shell.words.nothingToday) }
            if today.review != nil || today.faults != nil || today.undecided != nil {
                Section(shell.words.waiting) { waiting(today) }
            }
            if !today.tasks.isEmpty {
                Section(shell.words.mine) { tasks(today) }
            }
            if !today.dispatches.isEmpty {
                Section(shell.words.dispatches) {
                    ForEach(today.dispatches, id: \.dispatch) { row in DispatchLine(shell: shell, row: row) }
                }
            }
            ForEach(today.issued, id: \.plan) { group in
                Section(group.projectName) { issued(group) }
            }
            ForEach(today.outsidePlan, id: \.project) { offer in
                Row(open: { shell.go(.project(offer.project)) }) { Text(offer.projectName) }
            }
            if !today.handed.isEmpty {
                Section(shell.words.handed) {
                    ForEach(today.handed, id: \.task) { row in
                        Pair(name: row.name, value: row.text)
                        Moment(when: row.when)
                    }
                }
            }
            Row(open: { shell.go(.track) }) { Text(shell.words.track) }
            Row(open: { shell.go(.dispatches) }) { Text(shell.words.dispatches) }
        }
    }

    @ViewBuilder private func waiting(_ today: Today) -> some View {
        if let review = today.review { Row(open: { shell.go(.reviews) }) { Text(review.text) } }
        // A fault is handled at the review of its task.
        if let faults = today.faults { Row(open: { shell.go(.reviews) }) { Text(faults.text) } }
        if let undecided = today.undecided { Row(open: { shell.go(.undecided) }) { Text(undecided.text) } }
    }

    @ViewBuilder private func tasks(_ today: Today) -> some View {
        ForEach(today.tasks, id: \.task) { row in
            Row(open: { shell.go(.task(row.task)) }) { TaskLine(row: row) }
        }
        // The search finds the others.
        if today.tasks.count < today.tasksTotal {
            Row(open: { shell.begin(.search) }) {
                Text(verbatim: "\(shell.words.more) · \(today.tasks.count)/\(today.tasksTotal)")
            }
        }
    }

    @ViewBuilder private func issued(_ group: IssuedGroup) -> some View {
        Soft(text: group.planName)
        Share(count: group.done)
        Text(group.left.text).foregroundStyle(group.left.tone.ink)
        if group.start.allowed { Tick(word: shell.words.allItems, on: false) { await model.pickAll(group) } }
        ForEach(model.rows(group), id: \.item) { row in
            if let task = row.task {
                Row(open: { shell.go(.task(task)) }) {
                    Text(row.name)
                    IssuedLine(row: row)
                }
            } else {
                Tick(word: row.name, on: picked(group, row)) { model.pick(group, row.item) }
                IssuedLine(row: row)
            }
        }
        if model.hasMore(group) { WideButton(word: shell.words.more) { await model.more(group) } }
        ActButton(word: begins(group), act: group.start, words: shell.words) { await model.start() }
            .disabled(model.picked?.plan != group.plan)
    }

    private func begins(_ group: IssuedGroup) -> String {
        guard let picked = model.picked, picked.plan == group.plan else { return shell.words.pickItems }
        return "\(shell.words.start) (\(picked.items.count))"
    }

    private func picked(_ group: IssuedGroup, _ row: IssuedRow) -> Bool {
        model.picked.map { $0.plan == group.plan && $0.items.contains(row.item) } ?? false
    }
}

/// A task on a list.
struct TaskLine: View {
    let row: TaskRow

    var body: some View {
        Text(row.name).font(.headline)
        ChipLabel(chip: row.state)
        ChipLabel(chip: row.kind)
        if let opinion = row.opinion { Text(opinion).foregroundStyle(Tokens.nonconform) }
        Soft(text: row.projectName)
        if let left = row.left { Text(left.text).foregroundStyle(left.tone.ink) }
        if let inTime = row.inTime { ChipLabel(chip: inTime) }
        Soft(text: row.answered.text)
        Soft(text: row.photos.text)
        Text(row.next)
    }
}

/// An item that is issued.
struct IssuedLine: View {
    let row: IssuedRow

    var body: some View {
        VStack(alignment: .leading, spacing: Space.step) {
            Soft(text: row.facility)
            if let position = row.position { Soft(text: position) }
            if let planned = row.planned { Soft(text: planned) }
            ChipLabel(chip: row.state)
        }
    }
}
