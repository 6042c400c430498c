#!/usr/bin/env python3
"""Writes the colours and sizes of design/tokens.json as Swift, for the theme of the iOS app.

usage: tokens.py FILE      or: tokens.py --check FILE, which fails where the file says something else
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def name(token):
    """The token as Swift writes a name."""
    first, *rest = token.split("-")
    return first + "".join(word.capitalize() for word in rest)


def number(text):
    """#rrggbb or #rrggbbaa as red, green, blue, alpha in one number."""
    digits = text.removeprefix("#")
    return f"0x{digits[:6]}{digits[6:] or 'ff'}".lower()


def swift(tokens):
    """The whole file."""
    lines = ["// Written by ios/checks/tokens.py from design/tokens.json.", "import SwiftUI", ""]
    lines += ["/// The colours, each for the light and the dark theme.", "enum Tokens {"]
    for token, (light, dark) in tokens["colours"].items():
        lines.append(f"    static let {name(token)} = Ink(light: {number(light)}, dark: {number(dark)})")
    lines += ["}", "", "/// The sizes, in points.", "enum Space {"]
    lines += [f"    static let {name(token)}: CGFloat = {value}" for token, value in tokens["sizes"].items()]
    return "\n".join(lines + ["}", ""])


def main():
    text = swift(json.loads((ROOT / "design/tokens.json").read_text(encoding="utf-8")))
    path = pathlib.Path(sys.argv[-1])
    if sys.argv[1] == "--check":
        raise SystemExit(0 if path.read_text(encoding="utf-8") == text else f"{path} is not what design/tokens.json says")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
