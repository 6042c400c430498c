package firebee.app

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import firebee.Action
import firebee.ClientException
import firebee.KeyStore
import java.security.GeneralSecurityException
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.Signature
import java.security.UnrecoverableKeyException
import java.security.spec.ECGenParameterSpec

/** P-256 keys of Android's keystore. They never leave it, and are in no backup. */
class PhoneKeys : KeyStore {
    override fun create(alias: String): ByteArray = told {
        val generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, STORE)
        generator.initialize(
            KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
                .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                .setDigests(KeyProperties.DIGEST_SHA256)
                .build(),
        )
        generator.generateKeyPair().public.encoded
    }

    /** Nothing only where the keystore says that there is no such key, or that it is gone for ever. */
    override fun publicKey(alias: String): ByteArray? = try {
        told { if (held(alias) == null) null else store().getCertificate(alias)?.publicKey?.encoded }
    } catch (refusal: ClientException.Failed) {
        if (refusal.code == GONE) null else throw refusal
    }

    override fun sign(alias: String, text: ByteArray): ByteArray = told {
        val key = held(alias) ?: throw UnrecoverableKeyException(alias)
        with(Signature.getInstance("SHA256withECDSA")) {
            initSign(key)
            update(text)
            sign()
        }
    }

    private fun store() = java.security.KeyStore.getInstance(STORE).apply { load(null) }

    private fun held(alias: String) = store().getKey(alias, null) as PrivateKey?

    /** A key that is gone stays gone; every other trouble of a keystore may pass. */
    private fun <T> told(call: () -> T): T = try {
        call()
    } catch (_: KeyPermanentlyInvalidatedException) {
        throw failed(GONE)
    } catch (_: UnrecoverableKeyException) {
        throw failed(GONE)
    } catch (_: GeneralSecurityException) {
        throw failed(UNAVAILABLE)
    } catch (_: IllegalStateException) {
        throw failed(UNAVAILABLE)
    }

    private fun failed(code: String) = ClientException.Failed(code, "", Action.RETRY, emptyList())

    private companion object {
        const val STORE = "AndroidKeyStore"
        const val GONE = "key_gone"
        const val UNAVAILABLE = "key_unavailable"
    }
}
