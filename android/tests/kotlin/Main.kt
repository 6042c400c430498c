package firebee.phones

import kotlin.system.exitProcess
import org.junit.runner.JUnitCore

private val all = listOf("StoryTest", "DecisionsTest")

/** Runs the tests that are named, or all. */
fun main(named: Array<String>) {
    val tests = named.toList().ifEmpty { all }.map { Class.forName("firebee.phones.$it") }
    val ran = JUnitCore.runClasses(*tests.toTypedArray())
    ran.failures.forEach { println("${it.testHeader}\n${it.trace}") }
    println("${ran.runCount - ran.failureCount} passed, ${ran.failureCount} failed")
    exitProcess(if (ran.wasSuccessful()) 0 else 1)
}
