import FirebeeKit
import SwiftUI

/// A field whose every letter is told, such as a search or an answer.
struct LiveField: View {
    let label: String
    let value: String
    let tell: @MainActor (String) async -> Void

    var body: some View {
        Field(label: label, text: Binding(get: { value }, set: { text in Task { await tell(text) } }))
    }
}

/// A field whose letters the core keeps until its act is done.
struct TypedField: View {
    let label: String
    let typed: Typed
    let field: String

    var body: some View {
        Field(label: label, text: Binding(get: { typed[field] }, set: { typed[field] = $0 }))
    }
}

/// Such a field with the button of its act.
struct Said: View {
    let label: String
    let button: String
    let typed: Typed
    let field: String
    let tell: @MainActor (String) async -> Void

    var body: some View {
        TypedField(label: label, typed: typed, field: field)
        WideButton(word: button) { await tell(typed[field]) }.disabled(typed[field].isEmpty)
    }
}
