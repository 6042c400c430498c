import FirebeeCore
import FirebeeKit
import SwiftUI

/// A button whose act the core allows or not; why not stands below.
struct ActButton: View {
    let word: String
    let act: Act
    let words: Words
    let run: @MainActor () async -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: Space.step) {
            OfferButton(word: word, consequence: act.consequence, words: words, run: run).disabled(!act.allowed)
            if let why = act.whyNot { Soft(text: why) }
        }
    }
}

/// A button of what is offered: where it cannot be undone, it is asked for once more, with its consequence.
struct OfferButton: View {
    let word: String
    let consequence: String?
    let words: Words
    let run: @MainActor () async -> Void
    @State private var asked = false

    var body: some View {
        WideButton(word: word) {
            if consequence == nil { await run() } else { asked = true }
        }
        .confirmationDialog(consequence ?? word, isPresented: $asked, titleVisibility: .visible) {
            Button(word, role: .destructive) { Task { await run() } }
            Button(words.cancel, role: .cancel) {}
        }
    }
}

/// A button as high as a glove wants it.
struct WideButton: View {
    let word: String
    let run: @MainActor () async -> Void

    var body: some View {
        Button {
            Task { await run() }
        } label: {
            Text(word).frame(maxWidth: .infinity, minHeight: Space.target)
        }
    }
}

/// What is quieter than the rest.
struct Soft: View {
    let text: String

    var body: some View { Text(text).font(.callout).foregroundStyle(Tokens.soft) }
}

/// A name and what stands for it.
struct Pair: View {
    let name: String
    let value: String

    var body: some View {
        VStack(alignment: .leading, spacing: Space.step) {
            Soft(text: name)
            Text(value)
        }
    }
}

/// A refusal: what happened and what to do, the code small below. A tap takes it off the screen.
struct ToldRow: View {
    let told: Told
    var seen: @MainActor () -> Void = {}

    var body: some View {
        Row(open: seen) {
            Text(told.text).foregroundStyle(Tokens.nonconform)
            ForEach(told.fields, id: \.self) { Text($0.text).foregroundStyle($0.tone.ink) }
            Text(told.code).font(.caption).foregroundStyle(Tokens.soft)
        }
    }
}

/// A count, as a bar and in words.
struct Share: View {
    let count: Count

    var body: some View {
        VStack(alignment: .leading, spacing: Space.step) {
            ProgressView(value: Double(count.done), total: Double(max(count.total, 1))).tint(Tokens.conform)
            Soft(text: count.text)
        }
    }
}

/// A moment, as people say it; a tap shows it exactly.
struct Moment: View {
    let when: When
    @State private var exact = false

    var body: some View {
        Button {
            exact = !exact
        } label: {
            Soft(text: exact ? when.exact : when.text)
        }
        .buttonStyle(.plain)
    }
}

/// Names of which one is chosen.
struct Choices: View {
    let options: [PickOption]
    let chosen: String?
    let choose: @MainActor (String) async -> Void

    var body: some View {
        ForEach(options, id: \.self) { option in
            Tick(word: option.label, on: option.value == chosen) { await choose(option.value) }
        }
    }
}

/// A line that is chosen or not.
struct Tick: View {
    let word: String
    let on: Bool
    let tap: @MainActor () async -> Void

    var body: some View {
        Button {
            Task { await tap() }
        } label: {
            HStack {
                Text(word).frame(maxWidth: .infinity, minHeight: Space.target, alignment: .leading)
                if on { Image(systemName: "checkmark").foregroundStyle(Tokens.accent) }
            }
        }
        .buttonStyle(.plain)
        .accessibilityAddTraits(on ? .isSelected : [])
    }
}

/// A line that leads to another screen.
struct Row<Content: View>: View {
    let open: @MainActor () -> Void
    @ViewBuilder let content: () -> Content

    var body: some View {
        Button(action: open) {
            VStack(alignment: .leading, spacing: Space.step, content: content)
                .frame(maxWidth: .infinity, minHeight: Space.target, alignment: .leading)
        }
        .buttonStyle(.plain)
    }
}
