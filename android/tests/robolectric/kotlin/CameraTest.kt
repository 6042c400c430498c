package firebee.robolectric

import android.hardware.camera2.CaptureRequest
import android.location.Location
import android.location.LocationManager
import android.media.Image
import android.os.SystemClock
import firebee.Instance
import firebee.PhotoRole
import firebee.Purpose
import firebee.app.PhoneClock
import firebee.app.asks
import firebee.app.written
import java.io.File
import java.nio.ByteBuffer
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.extension
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.shadow.api.Shadow

/** The app's own camera: what it asks of the phone's, and that the phone's bytes reach the core as they are. */
@RunWith(RobolectricTestRunner::class)
class CameraTest {
    @get:Rule val phone = Handset()

    @Test
    fun `a picture is upright however the phone is held, also that of the lens in front`() {
        // The sensor of most phones lies on its side: 90 degrees behind, 270 in front.
        assertEquals(listOf(90, 180, 270, 0), listOf(0, 90, 180, 270).map { asked(90, it, front = false) })
        assertEquals(listOf(270, 180, 90, 0), listOf(0, 90, 180, 270).map { asked(270, it, front = true) })
    }

    @Test
    fun `the camera writes the place of the last two minutes, and none that is older`() {
        val place = Location(LocationManager.GPS_PROVIDER).apply {
            latitude = 36.617
            longitude = 101.778
            elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
        }
        PhoneClock.heard(place)
        assertSame(place, request(90, 0, false).get(CaptureRequest.JPEG_GPS_LOCATION))
        phone.pass(Duration.ofMinutes(3))
        assertNull(request(90, 0, false).get(CaptureRequest.JPEG_GPS_LOCATION))
    }

    @Test
    fun `the bytes that reach the core are those of the camera, with the time and the place that it wrote`() {
        phone.allowPlace()
        phone.signIn()
        val task = phone.start()
        val at = Instance(runBlocking { phone.shell.client.screens().task(task) }.items.single().item, 1)
        for (picture in PICTURES) {
            val bytes = picture.readBytes()
            val file = Taken(bytes).written(phone.app.cacheDir)
            runBlocking { phone.shell.client.evidence().takePhoto(task, Purpose(PhotoRole.EVIDENCE, at), file.path) }
            assertTrue(file.delete())
            val kept = runBlocking { phone.shell.client.screens().item(task, at) }.photos.last()
            assertArrayEquals("$picture", bytes, File(checkNotNull(kept.original)).readBytes())
        }
        val places = runBlocking { phone.shell.client.screens().item(task, at) }.photos.map { it.placeText }
        assertTrue("the core reads what the camera wrote: $places", places.any { it != null })
    }

    private fun asked(turned: Int, held: Int, front: Boolean) = request(turned, held, front).get(CaptureRequest.JPEG_ORIENTATION)

    private fun request(turned: Int, held: Int, front: Boolean): CaptureRequest.Builder =
        Shadow.newInstanceOf(CaptureRequest.Builder::class.java).apply { asks(turned, held, front, PhoneClock.place()) }

    private companion object {
        /** Pictures of real phones. */
        val PICTURES: List<Path> get() = Path.of("tests/fixtures/photos").listDirectoryEntries().filter { it.extension == "jpg" }.sorted()
    }
}

/** What a camera hands over: the bytes of one JPEG. */
private class Taken(private val bytes: ByteArray) : Image() {
    override fun getFormat(): Int = android.graphics.ImageFormat.JPEG

    override fun getWidth(): Int = 1

    override fun getHeight(): Int = 1

    override fun getTimestamp(): Long = 0

    override fun getTransform(): Int = 0

    override fun getScalingMode(): Int = 0

    override fun getPlanes(): Array<Plane> = arrayOf(object : Plane() {
        override fun getRowStride(): Int = 0

        override fun getPixelStride(): Int = 0

        override fun getBuffer(): ByteBuffer = ByteBuffer.wrap(bytes)
    })

    override fun close() = Unit
}
