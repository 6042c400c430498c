package firebee.robolectric

import kotlin.system.exitProcess
import org.junit.runner.JUnitCore

private val all = listOf("KeysTest", "TrackTest", "SyncTest", "DoorsTest", "ProcessTest", "StartTest")

/** Runs the classes that are named, or all. */
fun main(named: Array<String>) {
    val ran = named.toList().ifEmpty { all }.map { JUnitCore().run(Class.forName("firebee.robolectric.$it")) }
    ran.flatMap { it.failures }.forEach { println("${it.testHeader}\n${it.trace}") }
    val failed = ran.sumOf { it.failureCount }
    println("${ran.sumOf { it.runCount } - failed} passed, $failed failed")
    exitProcess(if (failed == 0) 0 else 1)
}
