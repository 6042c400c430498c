package firebee.robolectric

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import firebee.Allowance
import firebee.PhotoRole
import firebee.TaskQuery
import firebee.app.RemindJob
import firebee.app.SyncJob
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowNetwork
import org.robolectric.shadows.ShadowNetworkCapabilities

/** Sending while nobody looks at the app, and over which networks. */
@RunWith(RobolectricTestRunner::class)
class SyncTest {
    @get:Rule val phone = Handset()

    @Test
    fun `the app has one job that waits for any network and one that waits for none, and both outlive a restart`() {
        val (job, reminder) = listOf(SyncJob.NUMBER, RemindJob.NUMBER).map { checkNotNull(scheduler().getPendingJob(it)) }
        assertEquals(2, scheduler().allPendingJobs.size)
        @Suppress("DEPRECATION")
        assertEquals(JobInfo.NETWORK_TYPE_NONE, reminder.networkType)
        assertTrue(reminder.isPeriodic && reminder.isPersisted)
        @Suppress("DEPRECATION")
        assertEquals(JobInfo.NETWORK_TYPE_ANY, job.networkType)
        assertTrue(job.isPeriodic && job.isPersisted)
        SyncJob.schedule(phone.app)
        assertTrue("the period began anew", scheduler().getPendingJob(SyncJob.NUMBER) === job)
    }

    @Test
    fun `the job sends what was recorded`() {
        recordedUnsent()
        val job = run()
        phone.until("the job ends") { shadowOf(job).isJobFinished }
        assertFalse(shadowOf(job).isRescheduleNeeded)
        assertTrue(ITEM in phone.office.task())
    }

    @Test
    fun `a job that finds no server is to come again`() {
        recordedUnsent()
        phone.office.close()
        val job = run()
        phone.until("the job ends") { shadowOf(job).isJobFinished }
        assertTrue(shadowOf(job).isRescheduleNeeded)
    }

    @Test
    fun `a phone that nobody has signed in to has nothing to send`() {
        val job = run()
        phone.until("the job ends") { shadowOf(job).isJobFinished }
        assertFalse(shadowOf(job).isRescheduleNeeded)
    }

    @Test
    fun `a job that the system stops is to come again`() {
        recordedUnsent()
        val job = run()
        assertTrue(job.onStopJob(parameters))
    }

    @Test
    fun `photos wait for a network that is not paid by what it carries, and nothing else does`() {
        // The system tells the network before the client is open, and once only.
        network(free = false)
        phone.allowPlace()
        phone.signIn()
        runBlocking { phone.shell.client.sync().allow(Allowance.UNMETERED) }
        val task = phone.start()
        runBlocking { phone.photograph(task, PhotoRole.SELFIE) }
        assertTrue(runBlocking { phone.shell.client.sync().now() })
        assertTrue("the task travels", ITEM in phone.office.task())
        assertEquals(0, photos())
        network(free = true)
        phone.until("the photo is on the server") { photos() == 1 }
    }

    @Test
    fun `a network that is not paid by what it carries is known although it was told before the client was open`() {
        network(free = true)
        phone.allowPlace()
        phone.signIn()
        runBlocking { phone.shell.client.sync().allow(Allowance.UNMETERED) }
        val task = phone.start()
        runBlocking { phone.photograph(task, PhotoRole.SELFIE) }
        phone.until("the photo is on the server") { photos() == 1 }
    }

    private val parameters: JobParameters by lazy { Shadow.newInstanceOf(JobParameters::class.java) }

    private fun scheduler() = phone.app.getSystemService(JobScheduler::class.java)

    private fun run(): SyncJob = Robolectric.buildService(SyncJob::class.java).create().get().also { assertTrue(it.onStartJob(parameters)) }

    /** A task that the server does not know, while nothing sends by itself. */
    private fun recordedUnsent() {
        phone.allowPlace()
        phone.signIn()
        runBlocking { phone.shell.client.sync().stop() }
        phone.start()
        assertFalse(phone.office.knowsATask())
    }

    private fun network(free: Boolean) {
        val able = ShadowNetworkCapabilities.newInstance()
        if (free) shadowOf(able).addCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)
        val networks = shadowOf(phone.app.getSystemService(ConnectivityManager::class.java))
        networks.networkCallbacks.forEach { it.onCapabilitiesChanged(ShadowNetwork.newInstance(1), able) }
    }

    /** How many photos of the task are on the server, as the phone knows. */
    private fun photos(): Int = runBlocking { phone.shell.client.screens().search(TaskQuery()).rows.single().photos.done }
}
