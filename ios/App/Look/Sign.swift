import FirebeeCore
import SwiftUI

extension Tone {
    var ink: Ink {
        switch self {
        case .conform: Tokens.conform
        case .nonconform: Tokens.nonconform
        case .untestable: Tokens.untestable
        case .waiting: Tokens.waiting
        case .late: Tokens.late
        }
    }

    var tint: Ink {
        switch self {
        case .conform: Tokens.conformTint
        case .nonconform: Tokens.nonconformTint
        case .untestable: Tokens.untestableTint
        case .waiting: Tokens.waitingTint
        case .late: Tokens.lateTint
        }
    }
}

extension ChipShape {
    /// The symbol of the system.
    var symbol: String {
        switch self {
        case .check: "checkmark"
        case .cross: "xmark"
        case .dash: "minus"
        case .clock: "clock"
        case .pencil: "pencil"
        case .back: "arrow.uturn.backward"
        case .bin: "trash"
        case .speech: "bubble.left"
        case .circle: "circle"
        case .half: "circle.lefthalf.filled"
        case .barred: "nosign"
        case .warn: "exclamationmark.triangle"
        }
    }
}

/// A state, said three times: colour, sign, word.
struct ChipLabel: View {
    let chip: Chip

    var body: some View {
        HStack(spacing: Space.step) {
            Image(systemName: chip.shape.symbol).accessibilityHidden(true)
            Text(chip.word)
        }
        .font(.callout)
        .foregroundStyle(chip.tone.ink)
        .padding(.horizontal, Space.radius)
        .padding(.vertical, Space.step)
        .background(chip.tone.tint, in: RoundedRectangle(cornerRadius: Space.radius))
    }
}
