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
            LiveField(label: shell.words.search, value: model.text) { await model.search($0) }
            if rows.rows.isEmpty { Soft(text: shell.words.nothing) }
            ForEach(rows.rows, id: \.project) { row in
                Row(open: { shell.go(.project(row.project)) }) {
                    Text(row.name).font(.headline)
                    Soft(text: row.address)
                    Pair(name: shell.words.lead, value: row.lead)
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
                    ForEach(map.further, id: \.name) { Pair(name: $0.name, value: $0.radiusText) }
                }
            }
            if !view.systems.isEmpty { Text(shell.words.systems).font(.headline) }
            ForEach(view.systems, id: \.code) { system in
                Section(system.name) {
                    Row(open: { model.fold(system.code) }) { Share(count: system.done) }
                    if model.unfolded.contains(system.code) { FacilityRows(shell: shell, model: model, system: system) }
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

/// The facilities of a system, each with its items.
struct FacilityRows: View {
    let shell: Shell
    let model: ProjectModel
    let system: SystemRow

    var body: some View {
        ForEach(system.facilities, id: \.code) { facility in
            Text(facility.name)
            Share(count: facility.done)
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
            LiveField(label: shell.words.search, value: model.text) { await model.search($0) }
            Soft(text: view.offer.meaning)
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
            ActButton(word: begins, act: view.offer.supplementary, words: shell.words) {
                await model.start()
            }
            .disabled(model.picked.isEmpty)
        }
    }

    private var begins: String {
        model.picked.isEmpty ? shell.words.pickItems : "\(shell.words.start) (\(model.picked.count))"
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
