package firebee.phones

import firebee.walk.Console
import firebee.walk.Server
import java.nio.file.Files
import java.nio.file.Path
import org.junit.Assert.assertTrue
import org.junit.Test

/** A month of an operator and of a lead, from finger to row, on two phones and a real server. */
class StoryTest {
    private val folder = Files.createTempDirectory("firebee-story")

    @Test
    fun `a finding goes from a tap to the repair, through a cut link, a killed process and a rejection`() {
        Server(Path.of("target/debug/firebee"), largeFirm(folder), folder).use { server ->
            issueQuarter(server.url, OPERATOR)
            val console = Console(server.url, "lead")
            val program = Path.of("target/debug/firebee")
            Link(program, server.url, seed = 1).use { near ->
                Link(program, server.url, seed = 2).use { far -> month(near, far, console) }
                near.mend()
                assertTrue("each fault happened: ${near.faults}", near.faults.size == 3 && near.faults.values.all { it > 0 })
            }
            assertTrue("0 broken" in server.verified())
            for (photo in roll.take(2)) assertTrue("$photo is kept byte for byte", server.keeps(photo))
        }
    }

    private fun month(near: Link, far: Link, console: Console) {
        val handset = Handset(folder.resolve("operator"), taken = 1)
        val lead = Handset(folder.resolve("lead"))
        Apart(folder.resolve("operator"), near.url).use { app ->
            app.says("the link can be cut")
            near.cut()
            app.goOn()
            app.says("kill me")
        }
        val before = Regex("href=\"(/tasks/[0-9a-f-]{36})\"").find(console.page("/tasks").html)?.groupValues?.get(1)
        before?.let { assertTrue("something came through the cut link", WRONG !in console.page(it).html) }
        handset.open { afterTheKill(handset.satellites) }
        near.mend()
        handset.open { send() }
        val task = console.page("/tasks").linkBelow("/tasks")
        says(console, task, ITEM, ALARM_ITEM, BRAND, OPERATOR, WRONG, "待审核", "2.5")

        lead.open { rejectOffline(far.url, far::cut, far::mend) }
        says(console, task, "审核不通过", REJECTION)
        handset.open { mend() }
        says(console, task, MENDED, "待审核", WITNESS)
        lead.open { approveOffline(far::cut, far::mend) }
        says(console, task, "审核通过", OPINION)
        handset.open { dispatched() }
        says(console, task, "已解决")
        lead.open { recordFault() }
        says(console, task, MEASURES, CONFIRMED_BY)

        handset.open { handOver(COLLEAGUE) }
        Handset(folder.resolve("colleague")).open { takeUp(near.url) }
        says(console, console.page("/tasks").linkBelow("/tasks"), REASON, CLOSED, COLLEAGUE)
        handset.open {
            takenUp()
            signOut()
        }
    }

    private fun says(console: Console, page: String, vararg texts: String) {
        val html = console.page(page).html
        for (text in texts) assertTrue("$text is not on the console's page", text in html)
    }
}
