package firebee.phones

import firebee.BootId
import firebee.ClockReading
import firebee.DeviceClock
import firebee.KeyStore
import firebee.logic.Preferences
import firebee.logic.Theme
import firebee.logic.Tongue
import java.nio.file.Path
import java.security.KeyFactory
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.security.spec.PKCS8EncodedKeySpec
import java.time.Instant
import java.util.UUID
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** What a phone keeps although the app's process ends: its keys, as files. */
class KeptKeys(folder: Path) : KeyStore {
    private val folder = folder.resolve("keys").createDirectories()

    override fun create(alias: String): ByteArray {
        val pair = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }.generateKeyPair()
        folder.resolve("$alias.secret").writeBytes(pair.private.encoded)
        folder.resolve("$alias.public").writeBytes(pair.public.encoded)
        return pair.public.encoded
    }

    override fun publicKey(alias: String): ByteArray? = folder.resolve("$alias.public").takeIf { it.exists() }?.readBytes()

    override fun sign(alias: String, text: ByteArray): ByteArray {
        val secret = PKCS8EncodedKeySpec(folder.resolve("$alias.secret").readBytes())
        val signature = Signature.getInstance("SHA256withECDSA")
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(secret))
        signature.update(text)
        return signature.sign()
    }
}

/** The clocks of a phone that stays on while processes come and go. */
class KeptClock(folder: Path) : DeviceClock {
    private val boot = folder.resolve("boot").let { file ->
        if (!file.exists()) file.writeText("${UUID.randomUUID()}")
        checkNotNull(BootId.of(file.readText()))
    }

    override fun read(): ClockReading = ClockReading(Instant.now(), System.nanoTime() / 1_000_000, boot)
}

/** The person's choices, as a file. */
class KeptPreferences(folder: Path) : Preferences {
    private val file = folder.resolve("server")

    override var server: String?
        get() = file.takeIf { it.exists() }?.readText()
        set(value) = file.writeText(value.orEmpty())

    override var tongue: Tongue = Tongue.PHONE
    override var theme: Theme = Theme.LIGHT
    override var screenshots: Boolean = false
}
