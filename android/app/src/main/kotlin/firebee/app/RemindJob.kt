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

/** Tells what the core has to tell, also while there is no network for a long time. */
class RemindJob : JobService() {
    private var round: Job? = null

    override fun onStartJob(parameters: JobParameters): Boolean {
        val app = application as FirebeeApp
        app.home.open()
        round = app.scope.launch {
            val door = app.home.door.first { it !is Door.Opening }
            if (door is Door.Open) door.shell.remind()
            jobFinished(parameters, false)
        }
        return true
    }

    override fun onStopJob(parameters: JobParameters): Boolean {
        round?.cancel()
        return false
    }

    companion object {
        const val NUMBER: Int = 2

        fun schedule(context: Context) {
            val job = JobInfo.Builder(NUMBER, ComponentName(context, RemindJob::class.java))
                .setPeriodic(TimeUnit.HOURS.toMillis(1))
                .setPersisted(true)
                .build()
            val scheduler = context.getSystemService(JobScheduler::class.java)
            if (scheduler.getPendingJob(NUMBER) == null) scheduler.schedule(job)
        }
    }
}
