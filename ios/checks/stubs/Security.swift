// What the adapters call of Security and Core Foundation. A comment `= name` says how the probe in ../sdk calls it, where
// that differs. What is bridged for nothing on Apple's systems is the same type here.
@_exported import Foundation

public typealias CFDictionary = NSDictionary
public typealias CFData = Data
public typealias CFError = NSError
public typealias CFTypeRef = AnyObject
public typealias OSStatus = Int32
public let errSecSuccess: OSStatus = 0
public let errSecItemNotFound: OSStatus = -25300
public func CFErrorGetDomain(_ error: CFError) -> String { fatalError() }
public func CFErrorGetCode(_ error: CFError) -> Int { fatalError() }

public final class SecAccessControl {}
public final class SecKey {}
public struct SecAccessControlCreateFlags: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let privateKeyUsage = Self(rawValue: 1)  // = kSecAccessControlPrivateKeyUsage
}
public struct SecKeyAlgorithm: Sendable {
    public static let ecdsaSignatureMessageX962SHA256 = Self()  // = kSecKeyAlgorithmECDSASignatureMessageX962SHA256
}
nonisolated(unsafe) public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: AnyHashable = ""
nonisolated(unsafe) public let kSecAttrIsPermanent: AnyHashable = ""
nonisolated(unsafe) public let kSecAttrApplicationTag: AnyHashable = ""
nonisolated(unsafe) public let kSecAttrAccessControl: AnyHashable = ""
nonisolated(unsafe) public let kSecAttrKeyType: AnyHashable = ""
nonisolated(unsafe) public let kSecAttrKeyTypeECSECPrimeRandom: AnyHashable = ""
nonisolated(unsafe) public let kSecAttrKeySizeInBits: AnyHashable = ""
nonisolated(unsafe) public let kSecAttrTokenID: AnyHashable = ""
nonisolated(unsafe) public let kSecAttrTokenIDSecureEnclave: AnyHashable = ""
nonisolated(unsafe) public let kSecPrivateKeyAttrs: AnyHashable = ""
nonisolated(unsafe) public let kSecClass: AnyHashable = ""
nonisolated(unsafe) public let kSecClassKey: AnyHashable = ""
nonisolated(unsafe) public let kSecReturnRef: AnyHashable = ""
public func SecAccessControlCreateWithFlags(
    _ allocator: CFTypeRef?, _ protection: AnyHashable, _ flags: SecAccessControlCreateFlags,
    _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> SecAccessControl? { fatalError() }
public func SecKeyCreateRandomKey(
    _ parameters: CFDictionary, _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> SecKey? { fatalError() }
public func SecKeyCopyPublicKey(_ key: SecKey) -> SecKey? { fatalError() }
public func SecKeyCopyExternalRepresentation(
    _ key: SecKey, _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> CFData? { fatalError() }
public func SecKeyCreateSignature(
    _ key: SecKey, _ algorithm: SecKeyAlgorithm, _ dataToSign: CFData,
    _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> CFData? { fatalError() }
public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    fatalError()
}
public func SecItemDelete(_ query: CFDictionary) -> OSStatus { fatalError() }
