package firebee.robolectric

import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore2.AndroidKeyStoreSpi
import firebee.ClientException
import firebee.app.PhoneKeys
import java.security.InvalidKeyException
import java.security.KeyFactory
import java.security.ProviderException
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.X509EncodedKeySpec
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The key of the phone: gone only where the keystore says so for ever (protocol, "store_id"). */
@RunWith(RobolectricTestRunner::class)
class KeysTest {
    @get:Rule val phone = Handset()
    private val keys = PhoneKeys()

    @Test
    fun `a key is P-256, its public half is SPKI and its signature DER`() {
        val spki = keys.create("one")
        val public = KeyFactory.getInstance("EC").generatePublic(X509EncodedKeySpec(spki)) as ECPublicKey
        assertEquals(256, public.params.curve.field.fieldSize)
        assertArrayEquals(spki, keys.publicKey("one"))
        val text = "32 random bytes".toByteArray()
        val signature = keys.sign("one", text)
        assertEquals(0x30, signature[0].toInt())
        val verified = Signature.getInstance("SHA256withECDSA").run {
            initVerify(public)
            update(text)
            verify(signature)
        }
        assertTrue(verified)
    }

    @Test
    fun `an alias that the keystore does not know is gone`() = android(ShadowKeyStore2.KEY_NOT_FOUND) {
        assertNull(keys.publicKey("one"))
        assertEquals("key_gone", refused { keys.sign("one", ByteArray(32)) })
    }

    @Test
    fun `a key that is invalidated for ever is gone`() = android(ShadowKeyStore2.KEY_PERMANENTLY_INVALIDATED) {
        assertNull(keys.publicKey("one"))
        assertEquals("key_gone", refused { keys.sign("one", ByteArray(32)) })
    }

    @Test
    fun `a keystore in trouble has not lost the key`() {
        for (trouble in listOf(ShadowKeyStore2.SYSTEM_ERROR, ShadowKeyStore2.BACKEND_BUSY)) android(trouble) {
            assertEquals("key_unavailable", refused { keys.publicKey("one") })
            assertEquals("key_unavailable", refused { keys.sign("one", ByteArray(32)) })
        }
    }

    @Test
    fun `a key that is there and shows no certificate is not gone`() {
        keys.create("one")
        Vault.shows = false
        assertEquals("key_unavailable", refused { keys.publicKey("one") })
    }

    @Test
    fun `a key that is invalidated as it signs is gone, and any other refusal may pass`() {
        keys.create("one")
        for ((thrown, code) in listOf(
            KeyPermanentlyInvalidatedException() to "key_gone",
            InvalidKeyException("busy") to "key_unavailable",
            ProviderException("busy") to "key_unavailable",
            IllegalStateException("busy") to "key_unavailable",
        )) {
            Vault.refusesToSign = thrown
            assertEquals("$thrown", code, refused { keys.sign("one", ByteArray(32)) })
        }
    }

    @Test
    fun `a keystore that makes no key says so`() {
        Vault.refusesToMake = ProviderException("Failed to generate key pair.")
        assertEquals("key_unavailable", refused { keys.create("one") })
    }

    /** Runs Android's own keystore, whose daemon answers with this number. */
    private fun android(answer: Int, test: () -> Unit) {
        ShadowKeyStore2.answer = answer
        Vault.install { AndroidKeyStoreSpi() }
        test()
    }

    private fun refused(call: () -> Unit): String = assertThrows(ClientException.Failed::class.java) { call() }.code
}
