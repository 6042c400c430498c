import FirebeeCore
import Observation

/// What is typed at one place of the screens and not recorded yet. The core keeps it letter by letter, so that it is there
/// again after the system has ended the app.
@MainActor
@Observable
public final class Typed {
    /// The texts by their fields.
    public private(set) var texts: [String: String] = [:]
    @ObservationIgnored private let holder: Holder
    @ObservationIgnored private let place: String
    @ObservationIgnored private var held: [String: String] = [:]
    @ObservationIgnored private let turn = Turn()

    init(_ holder: Holder, place: String) {
        self.holder = holder
        self.place = place
        turn.take { [self] in
            // Where nothing can be read, the screen begins empty, as it did before anything was kept.
            guard let kept = try? await holder.client.drafts().kept(place: place) else { return }
            held = Dictionary(kept.map { ($0.field, $0.text) }) { _, last in last }
            // What was typed meanwhile is newer.
            texts.merge(held) { typed, _ in typed }
        }
    }

    public subscript(_ field: String) -> String {
        get { texts[field] ?? "" }
        set {
            texts[field] = newValue
            turn.take { [self] in await keep(field) }
        }
    }

    /// The texts, once those that were kept are among them.
    func known() async -> [String: String] {
        await turn.over()
        return texts
    }

    /// The act is done, and with it what was typed for it.
    func done() {
        texts = [:]
        turn.take { [self] in
            held = [:]
            // What cannot be dropped now is shown once more, and dropped with the next act.
            try? await holder.client.drafts().discard(place: place)
            // What was typed since belongs to the next act.
            for field in texts.keys { await keep(field) }
        }
    }

    /// Waits until everything that was typed is kept.
    func settle() async { await turn.over() }

    /// Of the letters that wait only the last is kept.
    private func keep(_ field: String) async {
        guard let now = texts[field], held[field] != now else { return }
        // What cannot be kept now is kept with the next letter; the screen still holds it.
        guard (try? await holder.client.drafts().keep(place: place, field: field, text: now)) != nil else { return }
        held[field] = now
    }
}
