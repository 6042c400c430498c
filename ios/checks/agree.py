#!/usr/bin/env python3
"""Checks that Info.plist, its translations, the privacy manifest, the entitlements and project.yml agree with each other
and with the code."""
import pathlib
import plistlib
import re
import sys

IOS = pathlib.Path(__file__).resolve().parent.parent
APP = IOS / "App"
# What the code calls, the purpose that the system then wants to show.
PURPOSES = {
    "requestWhenInUseAuthorization": "NSLocationWhenInUseUsageDescription",
    "requestAlwaysAuthorization": "NSLocationAlwaysAndWhenInUseUsageDescription",
    "AVCaptureDevice": "NSCameraUsageDescription",
    "AVCaptureAudioDataOutput": "NSMicrophoneUsageDescription",
    "PHPhotoLibrary": "NSPhotoLibraryUsageDescription",
}
# What the code calls, the background mode without which it does nothing.
MODES = {
    "allowsBackgroundLocationUpdates": "location",
    "BGAppRefreshTaskRequest": "fetch",
    "BGProcessingTaskRequest": "processing",
}
# What the code or the core calls, the category that the privacy manifest then names.
ACCESSED = {
    "UserDefaults": "NSPrivacyAccessedAPICategoryUserDefaults",
    "mach_continuous_time": "NSPrivacyAccessedAPICategorySystemBootTime",
    "fs::metadata": "NSPrivacyAccessedAPICategoryFileTimestamp",
    "statvfs": "NSPrivacyAccessedAPICategoryDiskSpace",
}
# What is collected, by what the code shows of it.
COLLECTED = {
    "CLLocationManager": "NSPrivacyCollectedDataTypePreciseLocation",
    "AVCapturePhotoOutput": "NSPrivacyCollectedDataTypePhotosorVideos",
    "signIn": "NSPrivacyCollectedDataTypeUserID",
}


def texts(folder, end):
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob(f"*.{end}")))


def plist(name):
    return plistlib.loads((APP / name).read_bytes())


def differ(what, said, meant):
    """One line for each side that has something that the other lacks."""
    if said != meant:
        yield f"{what}: too much {sorted(said - meant)}, missing {sorted(meant - said)}"


def needed(table, code):
    return {meant for call, meant in table.items() if call in code}


def found():
    code = texts(APP, "swift") + texts(IOS / "FirebeeKit/Sources", "swift")
    core = texts(IOS.parent / "core/client/src", "rs")
    info, privacy, entitled = plist("Info.plist"), plist("PrivacyInfo.xcprivacy"), plist("Firebee.entitlements")
    project = (IOS / "project.yml").read_text(encoding="utf-8")
    purposes = {key for key in info if key.endswith("UsageDescription")}
    yield from differ("purposes", purposes, needed(PURPOSES, code))
    for language in info["CFBundleLocalizations"]:
        strings = (APP / f"{language}.lproj/InfoPlist.strings").read_text(encoding="utf-8")
        told = dict(re.findall(r'^"(\w+)" = "(.+)";$', strings, re.M))
        yield from differ(f"texts in {language}", set(told), purposes)
        if language == info["CFBundleDevelopmentRegion"] and any(info[key] != told.get(key) for key in purposes):
            yield f"Info.plist says something else than {language}.lproj"
    yield from differ("background modes", set(info["UIBackgroundModes"]), needed(MODES, code))
    jobs = set(re.findall(r'static let \w+ = "([\w.]+)"', (APP / "Adapters/JobsAdapter.swift").read_text(encoding="utf-8")))
    yield from differ("jobs", set(info["BGTaskSchedulerPermittedIdentifiers"]), jobs)
    bundle = re.search(r"PRODUCT_BUNDLE_IDENTIFIER: (\S+)", project).group(1)
    yield from (f"{job} does not begin with {bundle}" for job in jobs if not job.startswith(bundle + "."))
    schemes = {scheme for kind in info["CFBundleURLTypes"] for scheme in kind["CFBundleURLSchemes"]}
    yield from differ("schemes", schemes, set(re.findall(r'static let scheme = "(\w+)"', code)))
    accessed = {entry["NSPrivacyAccessedAPIType"] for entry in privacy["NSPrivacyAccessedAPITypes"]}
    yield from differ("accessed interfaces", accessed, needed(ACCESSED, code + core))
    collected = {entry["NSPrivacyCollectedDataType"] for entry in privacy["NSPrivacyCollectedDataTypes"]}
    yield from differ("collected data", collected, needed(COLLECTED, code))
    if privacy["NSPrivacyTracking"]:
        yield "the privacy manifest says that the app tracks"
    protection = entitled["com.apple.developer.default-data-protection"].removeprefix("NSFileProtection")
    if f"FileProtectionType.{protection[0].lower()}{protection[1:]}" not in code:
        yield f"the code protects its folder otherwise than {protection}"
    for key in ["INFOPLIST_FILE", "CODE_SIGN_ENTITLEMENTS"]:
        path = re.search(rf"{key}: (\S+)", project).group(1)
        if not (IOS / path).is_file():
            yield f"project.yml names {path}, which is not there"
    system = re.search(r'iOS: "(\d+)', project).group(1)
    if f".iOS(.v{system})" not in (IOS / "FirebeeKit/Package.swift").read_text(encoding="utf-8"):
        yield f"Package.swift is for another system than iOS {system}"


def main():
    lines = list(found())
    print("\n".join(lines) or "plists, manifest, entitlements and project agree")
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
