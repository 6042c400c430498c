import FirebeeCore
import FirebeeKit
import SwiftUI

/// The projects that the words find.
struct ProjectsScreen: View {
    private let shell: Shell
    @State private var model: ProjectsModel

    init(_ shell: Shell) {
        self.shell = shell
        _model = State(initialValue: ProjectsModel(shell))
    }

    var body: some View {
        Reading(title: shell.words.projects, page: model.page) { rows in
            Typed(label: shell.words.search, value: model.text) { await model.search($0) }
            ForEach(rows.rows, id: \.project) { row in
                Row(open: { shell.go(.project(row.project)) }) {
                    Text(row.name).font(.headline)
                    Soft(text: row.address)
                    Soft(text: row.open)
                    ChipLabel(chip: row.state)
                }
            }
            if rows.more { WideButton(word: shell.words.more) { await model.more() } }
        }
    }
}

/// One project: systems, facilities, items, the map.
struct ProjectPane: View {
    private let shell: Shell
    private let project: ProjectId
    @State private var model: ProjectModel

    init(_ shell: Shell, _ project: ProjectId) {
        self.shell = shell
        self.project = project
        _model = State(initialValue: ProjectModel(shell, project: project))
    }

    var body: some View {
        Reading(title: model.page.view?.name ?? "", page: model.page) { view in
            ChipLabel(chip: view.state)
            Text(view.address)
            Pair(name: shell.words.owner, value: view.owner)
            Pair(name: shell.words.lead, value: view.lead)
            Pair(name: shell.words.period, value: view.period)
            if let map = view.map {
                Section(shell.words.map) {
                    MapSketch(map: map)
                    Soft(text: map.radiusText)
                }
            }
            ForEach(view.systems, id: \.code) { system in
                Section(system.name) {
                    Soft(text: system.done.text)
                    ForEach(system.facilities, id: \.code) { facility in
                        Pair(name: facility.name, value: facility.done.text)
                        ForEach(model.rows(facility), id: \.item) { item in
                            Row(open: { model.open(item) }) {
                                Text(item.name)
                                IssuedLine(row: item)
                            }
                        }
                        if model.hasMore(facility) { WideButton(word: shell.words.more) { await model.more(facility) } }
                    }
                }
            }
            Soft(text: view.outsidePlan.meaning)
            ActButton(word: shell.words.supplementary, act: view.outsidePlan.supplementary, words: shell.words) {
                shell.go(.supplementary(project))
            }
            ActButton(word: shell.words.mismatch, act: view.outsidePlan.mismatch, words: shell.words) {
                await model.startMismatch()
            }
        }
    }
}

/// What a supplementary test can be of.
struct SupplementaryPane: View {
    private let shell: Shell
    @State private var model: SupplementaryModel

    init(_ shell: Shell, _ project: ProjectId) {
        self.shell = shell
        _model = State(initialValue: SupplementaryModel(shell, project: project))
    }

    var body: some View {
        Reading(title: shell.words.supplementary, page: model.page) { view in
            Typed(label: shell.words.search, value: model.text) { await model.search($0) }
            if let nothing = view.nothing { Soft(text: nothing) }
            ForEach(view.systems, id: \.name) { system in
                Section(system.name) {
                    ForEach(system.facilities, id: \.name) { facility in
                        Soft(text: facility.name)
                        ForEach(facility.items, id: \.itemId) { item in
                            Tick(word: item.name, on: model.picked.contains(item.itemId)) { model.pick(item.itemId) }
                        }
                    }
                }
            }
            ActButton(word: shell.words.start, act: view.offer.supplementary, words: shell.words) {
                await model.start()
            }
            .disabled(model.picked.isEmpty)
        }
    }
}

/// Fence and own track, as a drawing without a map below it.
struct MapSketch: View {
    let map: MapView

    var body: some View {
        GeometryReader { room in
            let sketch = Sketch(map, width: room.size.width, height: room.size.height)
            ZStack {
                line(sketch.fence).stroke(Tokens.accent, lineWidth: 2)
                ForEach(Array(sketch.further.enumerated()), id: \.offset) { _, ring in
                    line(ring).stroke(Tokens.accent, lineWidth: 2)
                }
                ForEach(Array(sketch.track.enumerated()), id: \.offset) { _, piece in
                    line(piece.points).stroke(piece.tone.ink, lineWidth: 3)
                }
            }
        }
        .frame(minHeight: 240)
        .accessibilityHidden(true)
    }

    private func line(_ points: [Spot]) -> Path {
        Path { path in path.addLines(points.map { CGPoint(x: $0.x, y: $0.y) }) }
    }
}
