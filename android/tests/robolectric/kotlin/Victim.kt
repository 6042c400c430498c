package firebee.robolectric

import firebee.logic.Route
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Records a task and its walk, says where it keeps them, and waits to be killed: see [ProcessTest]. */
@RunWith(RobolectricTestRunner::class)
class Victim {
    @get:Rule val phone = Handset(Path.of(checkNotNull(System.getProperty("firebee.folder"))), System.getProperty("firebee.url"))

    @Test
    fun `it records until it is killed`() {
        phone.allowPlace()
        phone.signIn()
        val task = phone.start()
        phone.service()
        phone.walk(4)
        check(phone.shell.way.value.last() is Route.Task)
        println("recorded ${phone.app.noBackupFilesDir} $task")
        CountDownLatch(1).await()
    }
}
