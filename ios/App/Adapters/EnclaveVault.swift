import FirebeeKit
import Foundation
import Security

/// P-256 keys in the Secure Enclave. They never leave it, and no backup has them.
final class EnclaveVault: Vault {
    func make(_ alias: String) throws -> Data {
        var trouble: Unmanaged<CFError>?
        let access = SecAccessControlCreateWithFlags(
            nil, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, .privateKeyUsage, &trouble)
        guard let access else { throw told(trouble) }
        let held = NSDictionary(dictionary: [
            kSecAttrIsPermanent: true, kSecAttrApplicationTag: tag(alias), kSecAttrAccessControl: access,
        ])
        let asked = NSDictionary(dictionary: [
            kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom, kSecAttrKeySizeInBits: 256,
            kSecAttrTokenID: kSecAttrTokenIDSecureEnclave, kSecPrivateKeyAttrs: held,
        ])
        guard let key = SecKeyCreateRandomKey(asked as CFDictionary, &trouble) else { throw told(trouble) }
        return try point(of: key)
    }

    func remove(_ alias: String) throws {
        let status = SecItemDelete(query(alias, returns: false))
        if status != errSecSuccess, status != errSecItemNotFound { throw told(status) }
    }

    func read(_ alias: String) throws -> Data { try point(of: key(alias)) }

    func sign(_ alias: String, _ text: Data) throws -> Data {
        var trouble: Unmanaged<CFError>?
        let key = try key(alias)
        let signed = SecKeyCreateSignature(key, .ecdsaSignatureMessageX962SHA256, text as CFData, &trouble)
        guard let signed else { throw told(trouble) }
        return signed as Data
    }

    private func key(_ alias: String) throws -> SecKey {
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query(alias, returns: true), &found)
        guard status == errSecSuccess, let found else { throw told(status) }
        // The query asks for a key and for nothing else.
        return found as! SecKey
    }

    private func query(_ alias: String, returns: Bool) -> CFDictionary {
        NSDictionary(dictionary: [
            kSecClass: kSecClassKey, kSecAttrApplicationTag: tag(alias),
            kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom, kSecReturnRef: returns,
        ]) as CFDictionary
    }

    private func point(of key: SecKey) throws -> Data {
        var trouble: Unmanaged<CFError>?
        guard let open = SecKeyCopyPublicKey(key) else { throw told(errSecItemNotFound) }
        guard let bytes = SecKeyCopyExternalRepresentation(open, &trouble) else { throw told(trouble) }
        return bytes as Data
    }

    private func tag(_ alias: String) -> Data { Data("cn.firebee.app.\(alias)".utf8) }

    private func told(_ status: OSStatus) -> KeyTrouble {
        KeyTrouble(domain: "NSOSStatusErrorDomain", code: Int(status))
    }

    private func told(_ trouble: Unmanaged<CFError>?) -> KeyTrouble {
        guard let error = trouble?.takeRetainedValue() else { return KeyTrouble(domain: "", code: 0) }
        return KeyTrouble(domain: CFErrorGetDomain(error) as String, code: CFErrorGetCode(error))
    }
}
