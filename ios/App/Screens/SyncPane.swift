import FirebeeCore
import FirebeeKit
import SwiftUI

/// The way of everything that was recorded.
struct SyncPane: View {
    private let shell: Shell
    @State private var model: SyncModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: SyncModel(shell))
    }

    var body: some View {
        Reading(title: shell.words.sync, page: model.page) { view in
            if view.running { ProgressView() }
            trouble(view)
            ActButton(word: shell.words.sendNow, act: view.sendNow, words: shell.words) { await model.sendNow() }
                .buttonStyle(.borderedProminent)
            ForEach(view.tasks, id: \.task) { WayRows(shell: shell, way: $0) }
            Section(shell.words.allRecords) { LedgerRows(words: shell.words, ledger: view.whole) }
            if !view.notCounted.isEmpty {
                Section(shell.words.notCounted) {
                    ForEach(view.notCounted, id: \.self) { NoticeRow(notice: $0) }
                }
            }
            Section(shell.words.storage) {
                ForEach(view.storage, id: \.what) { Pair(name: $0.what, value: $0.text) }
            }
            Section(shell.words.pictures) {
                AllowanceRows(rules: view.pictures) { await model.allow($0) }
                Soft(text: view.pictures.looksText)
            }
            ActButton(word: shell.words.export, act: view.export, words: shell.words) { await model.export() }
            if let path = model.exported { Pair(name: shell.words.exported, value: path) }
        }
    }

    @ViewBuilder private func trouble(_ view: SyncScreen) -> some View {
        if let health = view.health { NoticeRow(notice: health) }
        if let renew = view.renew {
            ActButton(word: shell.words.renew, act: renew, words: shell.words) { await model.renew() }
        }
        if let lost = view.lost {
            NoticeRow(notice: lost.told)
            Share(count: lost.facts)
            Share(count: lost.files)
            ActButton(word: shell.words.wipe, act: lost.wipe, words: shell.words) { await model.wipe() }
        }
        if let error = view.lastError {
            Soft(text: shell.words.lastError)
            NoticeRow(notice: error)
        }
        if let next = view.nextTry { Pair(name: shell.words.nextTry, value: next.text) }
    }
}

/// The way of a task's records, and what waits for what.
struct WayRows: View {
    let shell: Shell
    let way: TaskWay

    var body: some View {
        Section(way.name) {
            Row(open: { shell.go(.task(way.task)) }) { ChipLabel(chip: way.state) }
            Text(way.sent.text)
            Text(way.stored.text)
            Share(count: way.safe)
            Text(way.photos.text)
            ForEach(way.waits, id: \.self) { Soft(text: $0.text) }
        }
    }
}

/// Over which networks pictures travel.
struct AllowanceRows: View {
    let rules: PictureRules
    let allow: @MainActor (Allowance) async -> Void

    var body: some View {
        ForEach(rules.allowances, id: \.allowance) { choice in
            Tick(word: choice.word, on: choice.allowance == rules.allowance) { await allow(choice.allowance) }
        }
    }
}

/// Records by where they are.
struct LedgerRows: View {
    let words: Words
    let ledger: RecordLedger

    var body: some View {
        row(words.recorded, ledger.recorded)
        row(words.toSend, ledger.toSend)
        row(words.sent, ledger.sent)
        row(words.stored, ledger.stored)
        row(words.safe, ledger.safe)
        row(words.notCounted, ledger.notCounted)
    }

    private func row(_ name: String, _ count: Int32) -> some View {
        HStack {
            Text(name).frame(maxWidth: .infinity, alignment: .leading)
            Text(verbatim: "\(count)").monospacedDigit()
        }
    }
}

/// Something that happened, with its code.
struct NoticeRow: View {
    let notice: Notice

    var body: some View {
        VStack(alignment: .leading, spacing: Space.step) {
            Text(notice.text)
            Text(notice.code).font(.caption).foregroundStyle(Tokens.soft)
            if let when = notice.when { Moment(when: when) }
        }
    }
}
