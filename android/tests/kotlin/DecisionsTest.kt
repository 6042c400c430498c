package firebee.phones

import org.junit.Test

class DecisionsTest {
    @Test
    fun placeholder() = Unit
}
