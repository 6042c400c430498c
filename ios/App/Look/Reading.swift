import FirebeeCore
import FirebeeKit
import SwiftUI

/// A screen that the core gives whole: the refusal on top, the content once it was read.
struct Reading<Value: Sendable, Content: View>: View {
    let title: String
    let page: Page<Value>
    @ViewBuilder let content: (Value) -> Content

    var body: some View {
        List {
            if let told = page.calls.told { ToldRow(told: told) { page.calls.seen() } }
            if let view = page.view { content(view) } else { ProgressView() }
        }
        .navigationTitle(title)
        .task { await page.follow() }
    }
}
