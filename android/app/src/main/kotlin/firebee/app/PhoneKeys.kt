package firebee.app

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import firebee.Action
import firebee.ClientException
import firebee.KeyStore
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.ProviderException
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

    /**
     * Nothing only where the keystore says that there is no such key, or that it is gone for ever. It gives no certificate
     * whatever went wrong with it: a key that is there without one is a trouble that may pass.
     */
    override fun publicKey(alias: String): ByteArray? = try {
        told { if (held(alias) == null) null else certificate(alias).publicKey.encoded }
    } catch (refusal: ClientException.Failed) {
        if (refusal.code == GONE) null else throw refusal
    }

    override fun sign(alias: String, text: ByteArray): ByteArray = told {
        val key = held(alias) ?: throw failed(GONE)
        with(Signature.getInstance("SHA256withECDSA")) {
            initSign(key)
            update(text)
            sign()
        }
    }

    private fun store() = java.security.KeyStore.getInstance(STORE).apply { load(null) }

    private fun held(alias: String) = store().getKey(alias, null) as PrivateKey?

    private fun certificate(alias: String) = store().getCertificate(alias) ?: throw failed(UNAVAILABLE)

    /** A key that is gone stays gone; every other trouble of a keystore may pass. */
    private fun <T> told(call: () -> T): T = try {
        call()
    } catch (_: KeyPermanentlyInvalidatedException) {
        throw failed(GONE)
    } catch (refusal: UnrecoverableKeyException) {
        // Android hands on without a cause that a key is invalidated for ever, and with one what failed on the way to a key.
        throw failed(if (refusal.cause == null) GONE else UNAVAILABLE)
    } catch (_: GeneralSecurityException) {
        throw failed(UNAVAILABLE)
    } catch (_: ProviderException) {
        throw failed(UNAVAILABLE)
    } catch (_: IllegalStateException) {
        throw failed(UNAVAILABLE)
    } catch (_: IOException) {
        throw failed(UNAVAILABLE)
    }

    private fun failed(code: String) = ClientException.Failed(code, "", Action.RETRY, emptyList())

    private companion object {
        const val STORE = "AndroidKeyStore"
        const val GONE = "key_gone"
        const val UNAVAILABLE = "key_unavailable"
    }
}
