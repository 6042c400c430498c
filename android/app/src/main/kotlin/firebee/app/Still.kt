package firebee.app

import android.hardware.camera2.CaptureRequest
import android.location.Location
import android.media.Image
import java.io.File

/**
 * How a picture is asked for. The camera itself writes into it how it was held, when and where: nobody touches its bytes
 * afterwards. `turned` is how the sensor lies in the phone, `held` how the phone is held, both in degrees.
 */
fun CaptureRequest.Builder.asks(turned: Int, held: Int, facesFront: Boolean, place: Location?) {
    set(CaptureRequest.JPEG_ORIENTATION, (turned + (if (facesFront) 360 - held else held)) % 360)
    place?.let { set(CaptureRequest.JPEG_GPS_LOCATION, it) }
}

/** Writes the bytes of the camera into a file of their own. */
fun Image.written(folder: File): File {
    val file = File.createTempFile("shot", ".jpg", folder)
    file.outputStream().channel.use { it.write(planes[0].buffer) }
    return file
}
