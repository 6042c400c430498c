package firebee.robolectric

import kotlin.system.exitProcess
import org.junit.runner.Description
import org.junit.runner.JUnitCore
import org.junit.runner.Request
import org.junit.runner.manipulation.Filter

private val all = listOf("KeysTest", "TrackTest", "SyncTest", "DoorsTest", "ProcessTest", "StartTest", "RemindTest", "CameraTest")

/** Runs the classes that are named, or all; `TrackTest#saver` is those of a class whose names hold the word. */
fun main(named: Array<String>) {
    val ran = named.toList().ifEmpty { all }.map { JUnitCore().run(request(it)) }
    ran.flatMap { it.failures }.forEach { println("${it.testHeader}\n${it.trace}") }
    val failed = ran.sumOf { it.failureCount }
    println("${ran.sumOf { it.runCount } - failed} passed, $failed failed")
    exitProcess(if (failed == 0) 0 else 1)
}

private fun request(name: String): Request {
    val (test, word) = "$name#".split("#")
    return Request.aClass(Class.forName("firebee.robolectric.$test")).filterWith(object : Filter() {
        override fun shouldRun(description: Description) = !description.isTest || word in description.methodName

        override fun describe() = name
    })
}
