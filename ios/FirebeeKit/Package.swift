// swift-tools-version: 6.0
import PackageDescription

// The generated side of the core lies in Generated; scripts/ios and scripts/ios-core write it there.
#if os(Linux)
    // The core as the tests of this machine load it.
    let core: Target = .systemLibrary(name: "FirebeeCoreFFI", path: "Generated/FirebeeCoreFFI")
    // Debian's Observation leaves a symbol to whoever loads it.
    let linked: [LinkerSetting] = [
        .unsafeFlags(["-L\(Context.packageDirectory)/../../target/debug", "-Xlinker", "--allow-shlib-undefined"])
    ]
#else
    let core: Target = .binaryTarget(name: "FirebeeCoreFFI", path: "Generated/FirebeeCoreFFI.xcframework")
    let linked: [LinkerSetting] = []
#endif
let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]

let package = Package(
    name: "FirebeeKit",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "FirebeeKit", targets: ["FirebeeKit", "FirebeeCore"])],
    targets: [
        core,
        .target(name: "FirebeeCore", dependencies: ["FirebeeCoreFFI"], path: "Generated/FirebeeCore"),
        .target(name: "FirebeeKit", dependencies: ["FirebeeCore"], swiftSettings: strict, linkerSettings: linked),
        .testTarget(
            name: "FirebeeKitTests", dependencies: ["FirebeeKit"], path: "tests", swiftSettings: strict),
    ]
)
