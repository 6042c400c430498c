package firebee.walk

import firebee.BootId
import firebee.ClockReading
import firebee.DeviceClock
import firebee.KeyStore
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.time.Instant
import java.util.UUID
import java.util.concurrent.ConcurrentHashMap

/** Keys by the classes that Android's keystore answers to as well: SPKI out, DER signatures. They end with the process. */
class ProcessKeys : KeyStore {
    private val pairs = ConcurrentHashMap<String, KeyPair>()

    override fun create(alias: String): ByteArray {
        val generator = KeyPairGenerator.getInstance("EC")
        generator.initialize(ECGenParameterSpec("secp256r1"))
        val pair = generator.generateKeyPair()
        pairs[alias] = pair
        return pair.public.encoded
    }

    override fun publicKey(alias: String): ByteArray? = pairs[alias]?.public?.encoded

    override fun sign(alias: String, text: ByteArray): ByteArray {
        val signature = Signature.getInstance("SHA256withECDSA")
        signature.initSign(pairs.getValue(alias).private)
        signature.update(text)
        return signature.sign()
    }
}

/** The clocks of this process; a phone gives its own boot and the time since. */
class ProcessClock : DeviceClock {
    private val boot = checkNotNull(BootId.of(UUID.randomUUID().toString()))
    private val begun = System.nanoTime()

    override fun read(): ClockReading = ClockReading(Instant.now(), (System.nanoTime() - begun) / 1_000_000, boot)
}
