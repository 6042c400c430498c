#!/usr/bin/env python3
"""Compares what the stubs declare of Apple's SDK with what the probe calls of it.

The adapters are type-checked against the stubs, and Kotlin/Native checks the probe against the real signatures. So a call
that a stub declares and the probe leaves out would be checked by nobody.
"""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
# SwiftUI is Swift alone: Kotlin/Native has no signature of it.
# Of the kernel it has none of the calls that a clock needs.
STUBS = sorted(path for path in (HERE / "stubs").glob("*.swift") if path.stem not in ("SwiftUI", "Darwin"))
DECLARED = re.compile(r"\b(?:func|var|let|case|class|struct|enum|protocol|typealias)\s+(?:(?:func|var|let)\s+)?`?(\w+)`?")
# What only carries the others in Swift.
CARRIES = {
    "CLLocationCoordinate2D", "AVMediaType", "Position", "DeviceType", "AVVideoCodecType", "AVLayerVideoGravity", "Preset", "AVCaptureInput",
    "AVCaptureOutput", "CFData", "CFDictionary", "CFError", "CFTypeRef", "SecAccessControl", "SecKey", "SecKeyAlgorithm",
    "SecAccessControlCreateFlags", "rawValue", "nw_path_object", "nw_path_monitor_object", "nw_path_status_t",
    "UIResponder", "UIScene", "UIViewController", "CLAuthorizationStatus", "CLLocationSourceInformation",
    "AVAuthorizationStatus", "UIGraphicsImageRendererContext",
}


def declared(path):
    """The names of a stub as the probe calls them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, note = line.partition("//")
        if line.lstrip().startswith("//"):
            continue
        named = re.search(r"=\s*(\w+)", note)
        found = DECLARED.search(code)
        if found:
            yield named.group(1) if named else found.group(1)
        elif named:
            yield named.group(1)


def main():
    probe = set(re.findall(r"\w+", (HERE / "sdk/Probe.kt").read_text(encoding="utf-8")))
    wanted = {name: path.name for path in STUBS for name in declared(path) if name not in CARRIES}
    missing = [f"{path}: the probe does not call {name}" for name, path in sorted(wanted.items()) if name not in probe]
    print("\n".join(missing + [f"{len(wanted)} names of Apple's SDK, of which {len(missing)} are not probed"]))
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
