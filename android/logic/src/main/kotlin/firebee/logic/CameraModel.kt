package firebee.logic

import firebee.CameraScreen
import firebee.ConfirmRestore
import firebee.PhotoRole
import firebee.PhotoSize
import firebee.Purpose
import firebee.Step
import firebee.StepKind
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** Takes one photo: shoot, look, keep or shoot again. */
class CameraModel(shell: Shell, private val route: Route.Camera) : Reader<CameraScreen>(shell) {
    private val taken = MutableStateFlow<Shot?>(null)
    private val silent = MutableStateFlow(false)

    /** The submitter is seen by the lens in front. */
    val front: Boolean get() = route.purpose == SELFIE

    /** The picture that was taken and is not kept yet. */
    val shot: StateFlow<Shot?> = taken.asStateFlow()

    /** Whether the camera did not answer. */
    val mute: StateFlow<Boolean> = silent.asStateFlow()

    override suspend fun read(): CameraScreen = shell.client.screens().camera(route.task, route.purpose)

    fun shoot(): Unit = calls.act {
        val shot = shell.phone.lens.shoot()
        silent.value = shot == null
        taken.value = shot
    }

    fun retake() {
        taken.value?.let(shell.phone.lens::drop)
        taken.value = null
    }

    /** Keeps the picture, then goes back. */
    fun keep(): Unit = kept { shell.back() }

    /** Keeps the picture, then goes to the photo that is missing next. */
    fun keepAndGo(next: Step): Unit = kept {
        when (val kind = next.kind) {
            is StepKind.Photo -> shell.replace(Route.Camera(route.task, kind.purpose))
            StepKind.Selfie -> shell.replace(Route.Camera(route.task, SELFIE))
            else -> shell.back()
        }
    }

    private fun kept(then: () -> Unit): Unit = calls.act {
        val shot = taken.value ?: return@act
        val photo = shell.client.evidence().takePhoto(route.task, route.purpose, shot.path, shot.preview)
        shell.phone.lens.drop(shot)
        taken.value = null
        route.restored?.let {
            shell.client.tasks().restore(ConfirmRestore(route.task, it.system, it.by, photo))
            shell.restoring(route.task, it.system).done()
        }
        then()
    }

    private companion object {
        val SELFIE = Purpose(PhotoRole.SELFIE, null)
    }
}

/** One photo, large: of another phone it is fetched from the server. */
class PhotoModel(shell: Shell, private val route: Route.Photo) : Reader<String>(shell) {
    override suspend fun read(): String? = shell.client.evidence().fetch(route.task, route.photo, PhotoSize.PREVIEW)
}
