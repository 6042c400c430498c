package firebee.app

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import firebee.logic.Door
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch

/** Sends and receives while the app is not seen, when there is a network. The system chooses the moment. */
class SyncJob : JobService() {
    private var round: Job? = null

    override fun onStartJob(parameters: JobParameters): Boolean {
        val app = application as FirebeeApp
        app.home.open()
        round = app.scope.launch {
            val door = app.home.door.first { it !is Door.Opening }
            val sent = door is Door.Open && runCatching { door.shell.client.sync().now() }.getOrDefault(false)
            // What the round brought is told while nobody looks.
            if (door is Door.Open) door.shell.remind()
            jobFinished(parameters, door is Door.Open && !sent)
        }
        return true
    }

    override fun onStopJob(parameters: JobParameters): Boolean {
        round?.cancel()
        return true
    }

    companion object {
        const val NUMBER: Int = 1

        fun schedule(context: Context) {
            val job = JobInfo.Builder(NUMBER, ComponentName(context, SyncJob::class.java))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setPeriodic(TimeUnit.MINUTES.toMillis(15))
                .setPersisted(true)
                .build()
            val scheduler = context.getSystemService(JobScheduler::class.java)
            // Scheduling the same job anew would begin its period anew, at each start of the app.
            if (scheduler.getPendingJob(NUMBER) == null) scheduler.schedule(job)
        }
    }
}
