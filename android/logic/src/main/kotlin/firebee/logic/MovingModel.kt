package firebee.logic

import firebee.Instance
import firebee.MoveScreen
import firebee.MoveTarget
import firebee.TaskId

/** Where an answer can go that was recorded in the wrong place. */
class MovingModel(shell: Shell, private val task: TaskId, private val at: Instance) : Reader<MoveScreen>(shell) {
    override suspend fun read(): MoveScreen = shell.client.screens().moving(task, at)

    fun move(target: MoveTarget): Unit = calls.act {
        shell.client.tasks().moveResult(task, at, target.task, target.instance)
        shell.back()
    }
}
