package firebee.logic

import firebee.PullStep
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The first pull, page by page. After a failure it goes on behind what came. */
class PullModel(private val shell: Shell) {
    private val step = MutableStateFlow<PullStep?>(null)
    private var running: Job? = null

    val calls: Calls = Calls(shell.scope)
    val view: StateFlow<PullStep?> = step.asStateFlow()

    fun pull() {
        if (running?.isActive == true) return
        calls.seen()
        running = calls.run {
            shell.client.sync().firstPull().use { pull ->
                while (true) step.value = pull.next() ?: break
            }
            shell.client.sync().start()
            shell.begin(Route.Today)
        }
    }
}
