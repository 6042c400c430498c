import SwiftUI

/// A colour of the tokens, which follows the theme.
struct Ink: ShapeStyle, Sendable {
    let light: UInt32
    let dark: UInt32

    func resolve(in environment: EnvironmentValues) -> Color.Resolved {
        let value = environment.colorScheme == .dark ? dark : light
        func part(_ shift: UInt32) -> Float { Float((value >> shift) & 0xff) / 255 }
        return Color.Resolved(red: part(24), green: part(16), blue: part(8), opacity: part(0))
    }
}
