import FirebeeCore
import FirebeeKit
import SwiftUI

/// The running track: how it stands against the fence, and where it is silent.
struct TrackPane: View {
    private let shell: Shell
    @State private var model: TrackModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: TrackModel(shell))
    }

    var body: some View {
        Reading(title: shell.words.track, page: model.page) { view in
            if let track = view.track { running(track) } else { Soft(text: shell.words.trackNone) }
        }
    }

    @ViewBuilder private func running(_ track: TrackScreen) -> some View {
        Row(open: { shell.go(.task(track.task)) }) { Text(track.taskName).font(.headline) }
        if let since = track.since { Pair(name: shell.words.trackSince, value: since.text) }
        if let last = track.lastFix { Pair(name: shell.words.trackLast, value: last.text) }
        if let replayed = track.replayed { ChipLabel(chip: replayed) }
        if let sums = track.sums {
            Pair(name: shell.words.inside, value: sums.inside)
            Pair(name: shell.words.outside, value: sums.outside)
            Pair(name: shell.words.notRecorded, value: sums.notRecorded)
            ChipLabel(chip: sums.verdict)
            if let jumps = sums.jumps { Text(jumps).foregroundStyle(Tokens.waiting) }
            if let note = sums.note { Soft(text: note) }
        }
        if !track.holes.isEmpty {
            Section(shell.words.holes) {
                ForEach(track.holes, id: \.self) { hole in
                    Pair(name: "\(hole.from.text) – \(hole.to.text)", value: hole.length)
                    Text(hole.causeWord)
                    Text(hole.advice).foregroundStyle(Tokens.waiting)
                }
            }
        }
        WideButton(word: shell.words.trackStop) { await model.stop() }
    }
}
