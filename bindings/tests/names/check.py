#!/usr/bin/env python3
"""Reads the generated Kotlin and Swift as an app's developer would, and names what an app stumbles over.

A type that hides one of the language's own; a field that nobody named; an unsigned number; a link that leads into Rust.

usage: check.py KOTLIN_FOLDER SWIFT_FOLDER
"""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
KEYWORDS = r"(?:public |internal |data |sealed |open |abstract |enum |value |annotation )*"
DECLARED = {
    "kotlin": re.compile(rf"^{KEYWORDS}(?:class|interface|object|typealias) (\w+)", re.M),
    "swift": re.compile(r"^public (?:indirect )?(?:struct|enum|class|protocol|typealias) (\w+)|^(?:open|public final) class (\w+)", re.M),
}
# A field or a parameter of the API, as the generator writes it; what carries bytes looks otherwise.
UNSIGNED = {
    "kotlin": re.compile(r"`\w+`: (?:List<)?kotlin\.U(?:Byte|Short|Int|Long)\b"),
    "swift": re.compile(r"public (?:let|var) \w+: \[?UInt(?:8|16|32|64)\b"),
}
UNNAMED = {"kotlin": re.compile(r"val `?v\d+`?:"), "swift": re.compile(r"^    case \w+\([^:\n]+$", re.M)}
LINK = re.compile(r"^\s*(?:\*|///).*\[`", re.M)


def reserved(language):
    """The names that are taken."""
    lines = (HERE / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return {name for line in lines if not line.startswith("#") for name in line.split()}


def found(language, text):
    """What an app stumbles over in one generated file, one line each."""
    names = {name for groups in DECLARED[language].findall(text) for name in (groups if isinstance(groups, tuple) else [groups])}
    yield from (f"{name} hides a type of the language" for name in sorted(names & reserved(language)))
    yield from (f"unsigned: {match.group(0)}" for match in UNSIGNED[language].finditer(text))
    yield from (f"without a name: {match.group(0)}" for match in UNNAMED[language].finditer(text))
    yield from (f"a link into Rust: {match.group(0).strip()}" for match in LINK.finditer(text))


def main():
    stumbles = []
    for language, folder, end in [("kotlin", sys.argv[1], "kt"), ("swift", sys.argv[2], "swift")]:
        files = sorted(pathlib.Path(folder).rglob(f"*.{end}"))
        if not files:
            raise SystemExit(f"nothing was generated in {folder}")
        for path in files:
            stumbles += [f"{path}: {line}" for line in found(language, path.read_text(encoding="utf-8"))]
    print("\n".join(stumbles))
    print("the names are clear" if not stumbles else f"{len(stumbles)} names to change")
    raise SystemExit(1 if stumbles else 0)


if __name__ == "__main__":
    main()
