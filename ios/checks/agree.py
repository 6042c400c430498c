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
    "NFCNDEFReaderSession": "NFCReaderUsageDescription",
    "AVCaptureAudioDataOutput": "NSMicrophoneUsageDescription",
    "PHPhotoLibrary": "NSPhotoLibraryUsageDescription",
}
# What the code calls, the background mode without which it does nothing.
MODES = {
    "allowsBackgroundLocationUpdates": "location",
    "BGAppRefreshTaskRequest": "fetch",
    "BGProcessingTaskRequest": "processing",
}
# What the code calls, the entitlement without which the system refuses it.
ENTITLED = {
    "FileProtectionType": "com.apple.developer.default-data-protection",
    "NFCNDEFReaderSession": "com.apple.developer.nfc.readersession.formats",
}
# What the code calls, the part of a phone that it then needs. Every phone of iOS 17 has such a processor.
CAPABILITIES = {"CLLocationManager": "gps", "import": "arm64"}
# What the code or the core calls, the category that the privacy manifest then names, and the reason that Apple lists for it.
ACCESSED = {
    "UserDefaults": ("NSPrivacyAccessedAPICategoryUserDefaults", "CA92.1"),
    "mach_continuous_time": ("NSPrivacyAccessedAPICategorySystemBootTime", "35F9.1"),
    "fs::metadata": ("NSPrivacyAccessedAPICategoryFileTimestamp", "C617.1"),
    "statvfs": ("NSPrivacyAccessedAPICategoryDiskSpace", "E174.1"),
}
# What Info.plist leaves to the project.
FROM_PROJECT = {
    "CFBundleIdentifier": "PRODUCT_BUNDLE_IDENTIFIER",
    "CFBundleShortVersionString": "MARKETING_VERSION",
    "CFBundleVersion": "CURRENT_PROJECT_VERSION",
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


def of_project(info, project):
    """What Info.plist takes from project.yml, and the files that project.yml names."""
    for key, setting in FROM_PROJECT.items():
        if info[key] != f"$({setting})" or f"{setting}:" not in project:
            yield f"{key} is not the {setting} of project.yml"
    for key in ["INFOPLIST_FILE", "CODE_SIGN_ENTITLEMENTS"]:
        path = re.search(rf"{key}: (\S+)", project).group(1)
        if not (IOS / path).is_file():
            yield f"project.yml names {path}, which is not there"
    system = re.search(r'iOS: "(\d+)', project).group(1)
    if f".iOS(.v{system})" not in (IOS / "FirebeeKit/Package.swift").read_text(encoding="utf-8"):
        yield f"Package.swift is for another system than iOS {system}"


def of_privacy(privacy, code):
    """What the privacy manifest says."""
    accessed = {
        (entry["NSPrivacyAccessedAPIType"], reason)
        for entry in privacy["NSPrivacyAccessedAPITypes"]
        for reason in entry["NSPrivacyAccessedAPITypeReasons"] or [""]
    }
    yield from differ("accessed interfaces", accessed, needed(ACCESSED, code))
    collected = {entry["NSPrivacyCollectedDataType"] for entry in privacy["NSPrivacyCollectedDataTypes"]}
    yield from differ("collected data", collected, needed(COLLECTED, code))
    for entry in privacy["NSPrivacyCollectedDataTypes"]:
        told = (
            entry["NSPrivacyCollectedDataTypePurposes"],
            entry["NSPrivacyCollectedDataTypeLinked"],
            entry["NSPrivacyCollectedDataTypeTracking"],
        )
        if told != (["NSPrivacyCollectedDataTypePurposeAppFunctionality"], True, False):
            yield f"{entry['NSPrivacyCollectedDataType']} is collected for the work of the app, linked, and never tracked"
    if privacy["NSPrivacyTracking"] or privacy["NSPrivacyTrackingDomains"]:
        yield "the privacy manifest says that the app tracks"


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
    yield from of_privacy(privacy, code + core)
    yield from differ("entitlements", set(entitled), needed(ENTITLED, code))
    # The system refuses an app that names the older form.
    if entitled["com.apple.developer.nfc.readersession.formats"] != ["TAG"]:
        yield "tags are read as TAG"
    protection = entitled["com.apple.developer.default-data-protection"].removeprefix("NSFileProtection")
    if not re.search(rf"FileProtectionType\.{protection[0].lower()}{protection[1:]}\b", code):
        yield f"the code protects its folder otherwise than {protection}"
    yield from differ("needed parts of a phone", set(info["UIRequiredDeviceCapabilities"]), needed(CAPABILITIES, code))
    yield from of_project(info, project)


def main():
    lines = list(found())
    print("\n".join(lines) or "plists, manifest, entitlements and project agree")
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
