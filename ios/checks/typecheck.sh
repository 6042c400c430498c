#!/bin/sh
# Type-checks the views and adapters against the declarations in ios/checks/stubs and the built kit. It runs in the system
# that holds Swift. That proves our side only: no declaration of Apple's is here.
# usage: typecheck.sh BUILT WORK      BUILT: the folder of the kit's modules
set -eu
built=$1 work=$2
mkdir -p "$work"
compile="swiftc -swift-version 6 -parse-as-library"
# UIKit before SwiftUI, which shows its pictures; the kinds of files before UIKit, which lets people choose some.
for module in UniformTypeIdentifiers UIKit CoreLocation AVFoundation ImageIO CoreNFC UserNotifications BackgroundTasks \
    Security Darwin Network SwiftUI; do
    $compile -emit-module -module-name $module -emit-module-path "$work/$module.swiftmodule" -suppress-warnings \
        -I "$work" ios/checks/stubs/$module.swift
done
find ios/App -name '*.swift' -exec $compile -warnings-as-errors -typecheck -module-name Firebee -I "$work" -I "$built" \
    -I ios/FirebeeKit/Generated/FirebeeCoreFFI {} +
echo "the views and adapters fit the declarations"
