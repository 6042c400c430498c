#!/usr/bin/env python3
"""Compares what the app calls of Apple's SDK with what the probe calls of it.

The app is type-checked against the stubs, so it calls nothing that they do not declare. Kotlin/Native checks the probe
against the real signatures. So a call that a stub declares and the probe leaves out would be checked by nobody, and one that
the app does not make has no place in a stub.
"""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
# SwiftUI is Swift alone: Kotlin/Native has no signature of it.
STUBS = sorted(path for path in (HERE / "stubs").glob("*.swift") if path.stem != "SwiftUI")
DECLARED = re.compile(r"\b(func|var|let|case|class|struct|enum|protocol|typealias)\s+(?:(?:func|var|let)\s+)?`?(\w+)`?")
# What only carries the others in Swift.
CARRIES = {
    "CLLocationCoordinate2D", "AVMediaType", "Position", "DeviceType", "AVVideoCodecType", "AVLayerVideoGravity", "Preset", "AVCaptureInput",
    "AVCaptureOutput", "CFData", "CFDictionary", "CFError", "CFTypeRef", "SecAccessControl", "SecKey", "SecKeyAlgorithm",
    "SecAccessControlCreateFlags", "rawValue", "nw_path_object", "nw_path_monitor_object", "nw_path_status_t",
    "UIResponder", "UIScene", "UIViewController", "CLAuthorizationStatus", "CLLocationSourceInformation",
    "AVAuthorizationStatus", "UIGraphicsImageRendererContext", "ObjectType", "UNAuthorizationStatus", "UNAuthorizationOptions",
}


# The ticks of the kernel, of which Kotlin/Native has no signature.
UNKNOWN = {"mach_continuous_time", "mach_timebase_info", "mach_timebase_info_data_t", "numer", "denom"}
# What the app reads by its number only: the probe holds the numbers.
NUMBERED = {"restricted", "authorizedAlways", "authorizedWhenInUse", "empty"}
NOTE = re.compile(r"//.*")


def words(texts):
    """Every word outside of comments."""
    return set(re.findall(r"\w+", "\n".join(NOTE.sub("", text) for text in texts)))


def declared(path):
    """The names of a stub: as Swift calls them, which is nothing for a type or an initialiser, and as the probe does."""
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, note = line.partition("//")
        named = re.search(r"=\s*(\w+)", note)
        found = DECLARED.search(code)
        if not code.strip() or not (found or named):
            continue
        kind, swift = found.groups() if found else ("init", None)
        called = kind in ("func", "var", "let", "case") or " func " in code or " var " in code
        yield swift if called else None, named.group(1) if named else swift


def main():
    probe = words([(HERE / "sdk/Probe.kt").read_text(encoding="utf-8")])
    app = words(path.read_text(encoding="utf-8") for path in (HERE.parent / "App").rglob("*.swift")) | NUMBERED
    names = sorted({(path.name, *pair) for path in STUBS for pair in declared(path) if pair[1] not in CARRIES | UNKNOWN}, key=str)
    missing = [f"{stub}: the probe does not call {name}" for stub, _, name in names if name not in probe]
    idle = [f"{stub}: the app does not call {swift}" for stub, swift, _ in names if swift and swift not in app]
    print("\n".join(missing + idle + [f"{len(names)} names of Apple's SDK: {len(missing)} not probed, {len(idle)} idle"]))
    sys.exit(1 if missing or idle else 0)


if __name__ == "__main__":
    main()
