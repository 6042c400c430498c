// Written by ios/checks/tokens.py from design/tokens.json.
import SwiftUI

/// The colours, each for the light and the dark theme.
enum Tokens {
    static let ink = Ink(light: 0x16181dff, dark: 0xe8eaeeff)
    static let soft = Ink(light: 0x4a4f59ff, dark: 0xb4bac5ff)
    static let paper = Ink(light: 0xfbfbfaff, dark: 0x111316ff)
    static let card = Ink(light: 0xffffffff, dark: 0x191c21ff)
    static let line = Ink(light: 0xd9dbdfff, dark: 0x343942ff)
    static let field = Ink(light: 0x767b86ff, dark: 0x7d8592ff)
    static let accent = Ink(light: 0xc2410cff, dark: 0xfb923cff)
    static let onAccent = Ink(light: 0xffffffff, dark: 0x16181dff)
    static let conform = Ink(light: 0x14532dff, dark: 0x86efacff)
    static let conformTint = Ink(light: 0xdcfce7ff, dark: 0x0c2e1aff)
    static let nonconform = Ink(light: 0x8a1414ff, dark: 0xfca5a5ff)
    static let nonconformTint = Ink(light: 0xfee2e2ff, dark: 0x3d1010ff)
    static let untestable = Ink(light: 0x3a3d45ff, dark: 0xd0d4dbff)
    static let untestableTint = Ink(light: 0xe6e8ebff, dark: 0x2a2e35ff)
    static let waiting = Ink(light: 0x6b3306ff, dark: 0xfcd34dff)
    static let waitingTint = Ink(light: 0xfef3c7ff, dark: 0x352508ff)
    static let late = Ink(light: 0x521da0ff, dark: 0xc9b8fdff)
    static let lateTint = Ink(light: 0xede9feff, dark: 0x291654ff)
    static let fenceTint = Ink(light: 0xc2410c14, dark: 0xfb923c1f)
    static let sheet = Ink(light: 0xffffffff, dark: 0xffffffff)
    static let shade = Ink(light: 0x16181d1f, dark: 0x00000066)
}

/// The sizes, in points.
enum Space {
    static let step: CGFloat = 4
    static let radius: CGFloat = 8
    static let target: CGFloat = 48
}
