// What the adapters call of UniformTypeIdentifiers. A comment `= name` says how the probe in ../sdk calls it, where that differs.
@_exported import Foundation

public struct UTType: Sendable {
    public static let jpeg = UTType()  // = UTTypeJPEG
    public static let png = UTType()  // = UTTypePNG
    public static let pdf = UTType()  // = UTTypePDF
}
