package firebee.walk

import firebee.Action
import firebee.Client
import firebee.ClientException
import firebee.ClientSettings
import firebee.DescribeTask
import firebee.Device
import firebee.FieldValue
import firebee.Language
import firebee.PhotoRole
import firebee.PlanItemId
import firebee.RecordResult
import firebee.StartTask
import firebee.TaskId
import firebee.Verdict
import firebee.uniffiEnsureInitialized
import java.nio.file.Path

private const val OPERATOR = "马晓燕"
private const val ITEM = "储油量"
private const val BRAND = "海湾"

/** One task as its operator's app plays it, from the sign-in to the row that the lead reads. */
class Walk(private val server: Server, private val folder: Path, private val roll: List<Path>) {
    suspend fun all() {
        uniffiEnsureInitialized()
        issueEverything(server.url, OPERATOR)
        val settings = ClientSettings("${folder.resolve("phone")}", server.url, Device("测试机", "JVM", "0"), Language.ZH)
        Client.open(settings, ProcessKeys(), ProcessClock()).use { client ->
            signIn(client)
            val (task, item) = start(client)
            answer(client, task, item)
            handIn(client, task)
            arrive(client)
        }
        theLeadReadsIt()
    }

    private suspend fun signIn(client: Client) {
        val refusal = refused { client.session().signIn("operator-1", "wrong") }
        check(refusal.code == "sign_in_failed" && "密码" in refusal.text) { refusal.text }
        client.session().signIn("operator-1", PASSWORD)
        client.sync().now()
    }

    private suspend fun start(client: Client): Pair<TaskId, PlanItemId> {
        val plan = client.projects().issued().single()
        val item = plan.items.single { it.name == ITEM }.item
        return client.tasks().start(StartTask(plan.plan, listOf(item), true)) to item
    }

    private suspend fun answer(client: Client, task: TaskId, item: PlanItemId) {
        val values = listOf(FieldValue("hours", "5.5"), FieldValue("level", "normal"), FieldValue("grade", "correct"))
        val proposed = client.tasks().propose(task, item, values)
        check(proposed.verdict == Verdict.CONFORM) { proposed }
        client.tasks().recordResult(
            RecordResult(task, item, 1u, variant = proposed.variant, values = values, verdict = Verdict.CONFORM),
        )
        client.evidence().takePhoto(task, PhotoRole.EVIDENCE, "${roll[0]}", item, 1u)
    }

    private suspend fun handIn(client: Client, task: TaskId) {
        val early = refused { client.tasks().submit(task) }
        check("自拍" in "$early" && early.action == Action.FIX) { early }
        client.evidence().takePhoto(task, PhotoRole.SELFIE, "${roll[1]}")
        client.tasks().describe(DescribeTask(task, BRAND, emptyList(), emptyList()))
        client.tasks().submit(task)
    }

    private suspend fun arrive(client: Client) {
        check(client.sync().now())
        val overview = client.progress().overview()
        check(overview.blobsUnsent == 0uL && overview.facts.run { pending + sent + parked } == 0uL) { overview }
    }

    private fun theLeadReadsIt() {
        val lead = Console(server.url, "lead")
        val page = lead.page(lead.page("/tasks").linkBelow("/tasks")).html
        for (text in listOf(ITEM, BRAND, OPERATOR, "待审核", "5.5")) check(text in page) { "$text is not on the lead's page" }
        check("6 blobs, of which 0 are broken" in server.verified())
        for (photo in roll.take(2)) check(server.keeps(photo)) { "$photo is not kept byte for byte" }
    }

    private suspend fun refused(call: suspend () -> Unit): ClientException.Failed =
        try {
            call()
            error("it was not refused")
        } catch (refusal: ClientException.Failed) {
            refusal
        }
}
