import FirebeeCore
import Foundation

/// Why the Secure Enclave did not do what was asked, as an error of Apple's names it.
public struct KeyTrouble: Error, Equatable, Sendable {
    public let domain: String
    public let code: Int

    public init(domain: String, code: Int) {
        self.domain = domain
        self.code = code
    }

    /// Whether the key is gone for ever. Any other trouble passes: recording goes on, and only sending waits.
    public var gone: Bool {
        switch (domain, code) {
        // errSecItemNotFound: the keychain says that there is no such key.
        case ("NSOSStatusErrorDomain", -25300): true
        // TKError.corruptedData and .objectNotFound: the enclave does not know the key any more, as after a restore on
        // another phone.
        case ("CryptoTokenKit", -3), ("CryptoTokenKit", -6): true
        default: false
        }
    }
}

/// The keychain and the enclave behind it, without a decision.
public protocol Vault: AnyObject, Sendable {
    /// Makes a P-256 key in the enclave and gives its public half, as an uncompressed point.
    func make(_ alias: String) throws -> Data
    /// Deletes the key of an alias, if there is one.
    func remove(_ alias: String) throws
    /// The public half.
    func read(_ alias: String) throws -> Data
    /// A signature by ECDSA with SHA-256, as DER.
    func sign(_ alias: String, _ text: Data) throws -> Data
}

/// The keys of this phone as the core asks for them: here, gone, or not to be had now.
public final class Keys: KeyStore {
    private let vault: any Vault

    public init(vault: any Vault) { self.vault = vault }

    public func create(alias: String) throws -> Data {
        try told {
            try vault.remove(alias)
            return try vault.make(alias)
        }
    }

    public func publicKey(alias: String) throws -> Data? {
        do {
            return try vault.read(alias)
        } catch let trouble as KeyTrouble where trouble.gone {
            return nil
        } catch {
            throw Keys.unavailable
        }
    }

    public func sign(alias: String, text: Data) throws -> Data {
        try told { try vault.sign(alias, text) }
    }

    private func told(_ work: () throws -> Data) throws -> Data {
        do {
            return try work()
        } catch let trouble as KeyTrouble where trouble.gone {
            throw Keys.gone
        } catch {
            throw Keys.unavailable
        }
    }

    // The core reads only the codes, and has the sentences for them.
    private static let gone = ClientError.Failed(code: "key_gone", text: "", action: .stop, fields: [])
    private static let unavailable = ClientError.Failed(code: "key_unavailable", text: "", action: .retry, fields: [])
}
