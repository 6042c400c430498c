package firebee.app

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.view.OrientationEventListener
import android.view.Surface
import android.view.TextureView
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.key
import androidx.compose.ui.Modifier
import androidx.compose.ui.viewinterop.AndroidView
import firebee.logic.Lens
import firebee.logic.Shot
import java.io.File
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.withTimeoutOrNull

/** The cameras of the phone, by Camera2: what it sees on the screen, and pictures as it writes them, EXIF and all. */
class Viewfinder(private val context: Context) : Lens {
    private val cameras by lazy { context.getSystemService(CameraManager::class.java) }
    private val thread by lazy { HandlerThread("camera").apply { start() } }
    private val handler by lazy { Handler(thread.looper) }
    private var camera: CameraDevice? = null
    private var session: CameraCaptureSession? = null
    private var reader: ImageReader? = null
    private var turned = 0
    private var facesFront = false

    /** How the phone is held, in degrees from upright: pictures are upright however that is. */
    private var held = 0
    private val balance by lazy {
        object : OrientationEventListener(context) {
            override fun onOrientationChanged(degrees: Int) {
                if (degrees != ORIENTATION_UNKNOWN) held = (degrees + 45) / 90 * 90 % 360
            }
        }
    }
    private var waiting: CompletableDeferred<Shot?>? = null

    /** The camera is open while its picture is on the screen. */
    @Composable
    fun View(room: Modifier, front: Boolean) = key(front) {
        AndroidView({ TextureView(it).also { view -> view.surfaceTextureListener = shown(front) } }, room)
        DisposableEffect(Unit) { onDispose { close() } }
    }

    override suspend fun shoot(): Shot? {
        val shot = CompletableDeferred<Shot?>()
        waiting = shot
        handler.post { capture() }
        return withTimeoutOrNull(ANSWER_MS) { shot.await() }
    }

    override fun drop(shot: Shot) {
        listOfNotNull(shot.path, shot.preview).forEach { File(it).delete() }
    }

    private fun shown(front: Boolean) = object : TextureView.SurfaceTextureListener {
        override fun onSurfaceTextureAvailable(texture: SurfaceTexture, width: Int, height: Int) = open(texture, front)

        override fun onSurfaceTextureSizeChanged(texture: SurfaceTexture, width: Int, height: Int) = Unit

        override fun onSurfaceTextureDestroyed(texture: SurfaceTexture): Boolean {
            close()
            return true
        }

        override fun onSurfaceTextureUpdated(texture: SurfaceTexture) = Unit
    }

    @SuppressLint("MissingPermission") // A missing permission is the camera that does not answer.
    private fun open(texture: SurfaceTexture, front: Boolean) {
        try {
            val name = cameras.cameraIdList.firstOrNull { isFront(it) == front } ?: cameras.cameraIdList.firstOrNull() ?: return
            val traits = cameras.getCameraCharacteristics(name)
            turned = traits.get(CameraCharacteristics.SENSOR_ORIENTATION) ?: 0
            facesFront = isFront(name)
            balance.enable()
            val sizes = traits.get(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP) ?: return
            val largest = sizes.getOutputSizes(ImageFormat.JPEG).maxByOrNull { it.width.toLong() * it.height } ?: return
            val shown = sizes.getOutputSizes(SurfaceTexture::class.java).filter { it.width <= SHOWN_MAX }.maxByOrNull { it.width } ?: return
            texture.setDefaultBufferSize(shown.width, shown.height)
            reader = ImageReader.newInstance(largest.width, largest.height, ImageFormat.JPEG, 1)
                .apply { setOnImageAvailableListener({ keep(it) }, handler) }
            cameras.openCamera(name, opened(Surface(texture)), handler)
        } catch (_: CameraAccessException) {
            close()
        } catch (_: SecurityException) {
            close()
        }
    }

    private fun isFront(name: String) =
        cameras.getCameraCharacteristics(name).get(CameraCharacteristics.LENS_FACING) == CameraCharacteristics.LENS_FACING_FRONT

    private fun opened(screen: Surface) = object : CameraDevice.StateCallback() {
        override fun onOpened(device: CameraDevice) {
            camera = device
            begin(device, screen)
        }

        override fun onDisconnected(device: CameraDevice) = close()

        override fun onError(device: CameraDevice, error: Int) = close()
    }

    @Suppress("DEPRECATION") // Its successor needs Android 9.
    private fun begin(device: CameraDevice, screen: Surface) {
        val pictures = reader?.surface ?: return
        device.createCaptureSession(
            listOf(screen, pictures),
            object : CameraCaptureSession.StateCallback() {
                override fun onConfigured(configured: CameraCaptureSession) {
                    session = configured
                    val seen = device.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW).apply { addTarget(screen) }
                    configured.setRepeatingRequest(seen.build(), null, handler)
                }

                override fun onConfigureFailed(failed: CameraCaptureSession) = close()
            },
            handler,
        )
    }

    private fun capture() {
        val device = camera
        val target = reader?.surface
        if (device == null || target == null) {
            waiting?.complete(null)
            return
        }
        try {
            val picture = device.createCaptureRequest(CameraDevice.TEMPLATE_STILL_CAPTURE).apply {
                addTarget(target)
                asks(turned, held, facesFront, PhoneClock.place())
            }
            session?.capture(picture.build(), null, handler)
        } catch (_: CameraAccessException) {
            waiting?.complete(null)
        }
    }

    private fun keep(from: ImageReader) {
        from.acquireLatestImage()?.use { waiting?.complete(Shot(it.written(context.cacheDir).path)) }
    }

    private fun close() {
        balance.disable()
        session = null
        camera?.close()
        camera = null
        reader?.close()
        reader = null
        waiting?.complete(null)
    }

    private companion object {
        /** A camera that says nothing for so long does not answer. */
        const val ANSWER_MS = 8_000L

        /** The picture on the screen needs no more points a line. */
        const val SHOWN_MAX = 1_920
    }
}
