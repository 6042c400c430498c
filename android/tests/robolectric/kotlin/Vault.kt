package firebee.robolectric

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.nio.file.Path
import java.security.InvalidKeyException
import java.security.Key
import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.KeyStoreSpi
import java.security.PrivateKey
import java.security.Provider
import java.security.PublicKey
import java.security.SecureRandom
import java.security.Security
import java.security.SignatureException
import java.security.SignatureSpi
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.security.spec.PKCS8EncodedKeySpec
import java.security.spec.X509EncodedKeySpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import kotlin.io.path.createDirectories
import kotlin.io.path.deleteIfExists
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes

private const val STORE = "AndroidKeyStore"

/** The chip of a phone, as files: it keeps its keys although processes end. */
object Vault {
    private lateinit var folder: Path

    /** Whether keys show their certificates. */
    internal var shows = true

    /** What the chip throws when it is to make a key, or to sign. */
    internal var refusesToMake: Exception? = null
    internal var refusesToSign: Exception? = null

    fun open(phone: Path) {
        folder = phone.resolve("vault").createDirectories()
        shows = true
        refusesToMake = null
        refusesToSign = null
        install { ChipStore() }
    }

    /** The provider stands under the name that Android's has, and first, as its signatures do. */
    fun install(store: () -> KeyStoreSpi) {
        Security.removeProvider(STORE)
        Security.insertProviderAt(Chip(store), 1)
    }

    internal fun put(alias: String, pair: KeyPair) {
        folder.resolve("$alias.secret").writeBytes(pair.private.encoded)
        folder.resolve("$alias.public").writeBytes(pair.public.encoded)
    }

    internal fun secret(alias: String): Key? = read("$alias.secret")?.let {
        if (refusesToSign == null) factory().generatePrivate(PKCS8EncodedKeySpec(it)) else Refusing
    }

    internal fun public(alias: String): PublicKey? = read("$alias.public")?.let { factory().generatePublic(X509EncodedKeySpec(it)) }

    internal fun drop(alias: String) {
        folder.resolve("$alias.secret").deleteIfExists()
        folder.resolve("$alias.public").deleteIfExists()
    }

    private fun factory() = KeyFactory.getInstance("EC")

    private fun read(name: String) = folder.resolve(name).takeIf { it.exists() }?.readBytes()
}

private class Chip(store: () -> KeyStoreSpi) : Provider(STORE, "1", "a chip as files") {
    init {
        offer("KeyStore", STORE, store)
        offer("KeyPairGenerator", "EC") { ChipPairs() }
        offer("Signature", "SHA256withECDSA") { RefusingSignature() }
    }

    private fun offer(type: String, algorithm: String, make: () -> Any) = putService(
        object : Service(this, type, algorithm, "firebee", null, null) {
            override fun newInstance(parameter: Any?): Any = make()

            override fun supportsParameter(parameter: Any?): Boolean = type != "Signature" || parameter === Refusing
        },
    )
}

/** A key of a chip that does not sign. */
private object Refusing : PrivateKey {
    override fun getAlgorithm(): String = "EC"

    override fun getFormat(): String? = null

    override fun getEncoded(): ByteArray? = null
}

private class RefusingSignature : SignatureSpi() {
    override fun engineInitSign(key: PrivateKey) = throw checkNotNull(Vault.refusesToSign)

    override fun engineInitVerify(key: PublicKey) = throw InvalidKeyException()

    override fun engineUpdate(byte: Byte) = Unit

    override fun engineUpdate(bytes: ByteArray, offset: Int, length: Int) = Unit

    override fun engineSign(): ByteArray = throw SignatureException()

    override fun engineVerify(signature: ByteArray): Boolean = false

    @Deprecated("Deprecated in Java")
    override fun engineSetParameter(name: String, value: Any?) = Unit

    @Deprecated("Deprecated in Java")
    override fun engineGetParameter(name: String): Any? = null
}

/** Makes P-256 keys as they are asked for with Android's own words. */
class ChipPairs : KeyPairGeneratorSpi() {
    private lateinit var asked: KeyGenParameterSpec

    override fun initialize(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

    override fun initialize(parameters: AlgorithmParameterSpec, random: SecureRandom?) {
        asked = parameters as KeyGenParameterSpec
    }

    override fun generateKeyPair(): KeyPair {
        Vault.refusesToMake?.let { throw it }
        val real = Security.getProviders("KeyPairGenerator.EC").first { it.name != STORE }
        val generator = KeyPairGenerator.getInstance("EC", real)
        generator.initialize(asked.algorithmParameterSpec)
        return generator.generateKeyPair().also { Vault.put(asked.keystoreAlias, it) }
    }
}

/** A certificate that holds its key, as Android gives one for each key. */
private class Held(private val key: PublicKey) : Certificate("X.509") {
    override fun getEncoded(): ByteArray = key.encoded

    override fun verify(key: PublicKey) = Unit

    override fun verify(key: PublicKey, provider: String) = Unit

    override fun toString(): String = "$key"

    override fun getPublicKey(): PublicKey = key
}

class ChipStore : KeyStoreSpi() {
    override fun engineGetKey(alias: String, password: CharArray?): Key? = Vault.secret(alias)

    override fun engineGetCertificate(alias: String): Certificate? = Vault.public(alias)?.takeIf { Vault.shows }?.let(::Held)

    override fun engineDeleteEntry(alias: String) = Vault.drop(alias)

    override fun engineContainsAlias(alias: String): Boolean = Vault.secret(alias) != null

    override fun engineIsKeyEntry(alias: String): Boolean = engineContainsAlias(alias)

    override fun engineIsCertificateEntry(alias: String): Boolean = false

    override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit

    override fun engineStore(stream: OutputStream?, password: CharArray?) = Unit

    override fun engineAliases(): Enumeration<String> = Collections.emptyEnumeration()

    override fun engineSize(): Int = 0

    override fun engineGetCertificateChain(alias: String): Array<Certificate>? = engineGetCertificate(alias)?.let { arrayOf(it) }

    override fun engineGetCreationDate(alias: String): Date? = null

    override fun engineGetCertificateAlias(certificate: Certificate?): String? = null

    override fun engineSetKeyEntry(alias: String, key: Key?, password: CharArray?, chain: Array<out Certificate>?) =
        throw UnsupportedOperationException()

    override fun engineSetKeyEntry(alias: String, key: ByteArray?, chain: Array<out Certificate>?) =
        throw UnsupportedOperationException()

    override fun engineSetCertificateEntry(alias: String, certificate: Certificate?) = throw UnsupportedOperationException()
}
