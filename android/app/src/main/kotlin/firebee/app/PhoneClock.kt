package firebee.app

import android.content.Context
import android.location.Location
import android.location.LocationManager
import android.os.SystemClock
import android.provider.Settings
import firebee.BootId
import firebee.ClockReading
import firebee.DeviceClock
import firebee.SatelliteReading
import java.nio.ByteBuffer
import java.time.Instant
import java.util.UUID

/** The clocks of the phone. A boot has an id of its own, which stays until the next one. */
class PhoneClock(context: Context) : DeviceClock {
    private val boot: BootId = checkNotNull(BootId.of("${bootOf(context)}"))

    override fun read(): ClockReading =
        ClockReading(Instant.now(), SystemClock.elapsedRealtime(), boot, latest)

    companion object {
        /** The time of the last fix that satellites gave in this boot; the service of the track tells it. */
        @Volatile
        private var latest: SatelliteReading? = null

        @Volatile
        private var lastPlace: Location? = null

        /** So old a place still says where a photo was taken. */
        private const val PLACE_MS_MAX = 120_000L

        fun heard(location: Location) {
            if (location.provider != LocationManager.GPS_PROVIDER) return
            val bootMs = location.elapsedRealtimeNanos / 1_000_000
            latest = SatelliteReading(Instant.ofEpochMilli(location.time), bootMs)
            lastPlace = location
        }

        /** Where the phone is, for the camera, which writes it into the photo. */
        fun place(): Location? =
            lastPlace?.takeIf { SystemClock.elapsedRealtime() - it.elapsedRealtimeNanos / 1_000_000 <= PLACE_MS_MAX }

        /** Android counts its boots; the count and the phone's own id for this app make the id of one boot. */
        private fun bootOf(context: Context): UUID {
            val resolver = context.contentResolver
            val count = Settings.Global.getInt(resolver, Settings.Global.BOOT_COUNT, 0)
            val own = Settings.Secure.getString(resolver, Settings.Secure.ANDROID_ID).orEmpty()
            val bytes = own.toByteArray() + ByteBuffer.allocate(Int.SIZE_BYTES).putInt(count).array()
            return UUID.nameUUIDFromBytes(bytes)
        }
    }
}
