package firebee.robolectric

import android.security.KeyStore2
import android.security.KeyStoreException
import android.system.keystore2.KeyDescriptor
import android.system.keystore2.KeyEntryResponse
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements

/** The daemon behind Android's keystore, which answers with a number. All above it is Android's own code. */
@Implements(KeyStore2::class, isInAndroidSdk = false)
class ShadowKeyStore2 {
    @Implementation
    fun getKeyEntry(descriptor: KeyDescriptor): KeyEntryResponse = throw KeyStoreException(answer, "the daemon says $answer")

    companion object {
        /** The numbers of `android.system.keystore2.ResponseCode`. */
        const val SYSTEM_ERROR = 4
        const val KEY_NOT_FOUND = 7
        const val BACKEND_BUSY = 18
        const val KEY_PERMANENTLY_INVALIDATED = 17

        var answer = KEY_NOT_FOUND
    }
}
