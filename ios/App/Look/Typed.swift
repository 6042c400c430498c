import SwiftUI

/// A field whose every letter is told, such as a search or an answer.
struct Typed: View {
    let label: String
    let value: String
    let tell: @MainActor (String) async -> Void

    var body: some View {
        Field(label: label, text: Binding(get: { value }, set: { text in Task { await tell(text) } }))
    }
}

/// A field whose text is told when it is ready, with the button that tells it.
struct Said: View {
    let label: String
    let button: String
    let tell: @MainActor (String) async -> Void
    @State private var text = ""

    var body: some View {
        Field(label: label, text: $text)
        WideButton(word: button) {
            await tell(text)
            text = ""
        }
        .disabled(text.isEmpty)
    }
}
