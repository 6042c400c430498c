package firebee.walk

import firebee.Action
import firebee.CancelHandle
import firebee.Client
import firebee.ClientException
import firebee.ClientSettings
import firebee.Device
import firebee.Draft
import firebee.FieldValue
import firebee.Instance
import firebee.IssuedGroup
import firebee.IssuedQuery
import firebee.IssuedRow
import firebee.Language
import firebee.PhotoRole
import firebee.PhotoSize
import firebee.Purpose
import firebee.RequestId
import firebee.StartTask
import firebee.StepKind
import firebee.TaskId
import firebee.TaskQuery
import firebee.Tone
import firebee.Verdict
import firebee.uniffiEnsureInitialized
import java.nio.file.Path
import java.util.UUID
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch

private const val OPERATOR = "马晓燕"
private const val ITEM = "储油量"
private const val BRAND = "海湾"

/** One task as its operator's app plays it, from the sign-in to the row that the lead reads; all texts are the core's. */
class Walk(private val server: Server, private val folder: Path, private val roll: List<Path>) {
    suspend fun all() {
        uniffiEnsureInitialized()
        issueEverything(server.url, OPERATOR)
        val settings = ClientSettings("${folder.resolve("phone")}", server.url, Device("测试机", "JVM", "0"), Language.ZH)
        Client.open(settings, ProcessKeys(), ProcessClock()).use { client ->
            aStoppedListenerHearsNothing(client)
            signIn(client)
            val (task, at) = start(client)
            answer(client, task, at)
            handIn(client, task)
            arrive(client, task)
        }
        theLeadReadsIt()
    }

    private suspend fun aStoppedListenerHearsNothing(client: Client) = coroutineScope {
        val changes = client.changes()
        val waiting = async { changes.next() }
        changes.stop()
        check(waiting.await() == null)
    }

    private suspend fun signIn(client: Client) {
        check(!client.screens().me().mayRecord.allowed)
        val refusal = refused { client.session().signIn("operator-1", "wrong") }
        check(refusal.code == "sign_in_failed" && refusal.action == Action.FIX && "密码" in "$refusal") { refusal }
        check(refusal.message == refusal.text && "密码" in refusal.message) { refusal.message }
        val given = refused { client.session().signIn("operator-1", PASSWORD) }
        check(given.code == "password_change_required" && "密码" in "$given") { given }
        client.session().changePassword(PASSWORD, "$PASSWORD-2")
        client.session().signIn("operator-1", "$PASSWORD-2")
        theFirstPullTellsHowFarItIs(client)
        val me = client.screens().me()
        check(me.person == OPERATOR && me.mayRecord.allowed && me.signOut.allowed) { me }
    }

    private suspend fun theFirstPullTellsHowFarItIs(client: Client) {
        val stopped = CancelHandle().apply { cancel() }
        check(client.sync().firstPull(stopped).next() == null && client.screens().me().person == null)
        val pull = client.sync().firstPull()
        val step = checkNotNull(pull.next())
        check(step.done > 0 && step.done == step.total && step.bytes > 0 && "份资料" in step.text) { step }
        check(pull.next() == null)
    }

    private suspend fun start(client: Client): Pair<TaskId, Instance> {
        val group = client.screens().today().issued.single()
        check(group.start.allowed && group.left.text.isNotEmpty()) { group }
        val row = everythingIssued(client, group).single { it.name == ITEM }
        val task = client.tasks().start(StartTask(group.plan, listOf(row.item), locationAllowed = true))
        val shown = client.screens().today().tasks.single()
        check(shown.task == task && shown.state.word == "执行中" && shown.answered.total == 1) { shown }
        return task to Instance(row.item, 1)
    }

    /** Every item of a plan, page by page: the first screen shows the first of them. */
    private suspend fun everythingIssued(client: Client, group: IssuedGroup): List<IssuedRow> {
        val rows = mutableListOf<IssuedRow>()
        do {
            val page = client.screens().issued(IssuedQuery(plan = group.plan, after = rows.lastOrNull()?.item, limit = 7))
            rows += page.rows
        } while (page.next != null)
        check(rows.size == group.done.total && rows.take(group.items.size) == group.items) { rows }
        return rows
    }

    private suspend fun answer(client: Client, task: TaskId, at: Instance) {
        val tasks = client.tasks()
        val item = client.screens().item(task, at)
        check(item.name == ITEM && item.form.questions.map { it.key }.containsAll(listOf("hours", "level", "grade"))) { item }
        val short = tasks.answer(task, at, Draft(values = listOf(FieldValue("hours", "2.5"))))
        check(short.proposed?.verdict == Verdict.NONCONFORM && short.questions.first().note?.tone == Tone.NONCONFORM) { short }
        val letters = refused { tasks.record(task, at, Draft(values = listOf(FieldValue("hours", "viel")), verdict = Verdict.CONFORM)) }
        check(letters.fields.any { it.key == "hours" && it.text.isNotEmpty() }) { letters.fields }
        val values = listOf(FieldValue("hours", "5.5"), FieldValue("level", "normal"), FieldValue("grade", "correct"))
        val form = tasks.answer(task, at, Draft(values = values))
        check(form.proposed?.chip?.word == "符合" && form.save.allowed && "5.5" in form.sentence.orEmpty()) { form }
        aCancelledCallIsFoundByItsRepetition(client, task, at, Draft(values = values))
        val photo = client.evidence().takePhoto(task, Purpose(PhotoRole.EVIDENCE, at), "${roll[0]}")
        val shown = client.screens().item(task, at).photos.single()
        check(shown.photo == photo && shown.thumbnail != null)
        check(client.evidence().fetch(task, photo, PhotoSize.PREVIEW) == shown.preview)
        check(client.evidence().fetch(task, photo, PhotoSize.ORIGINAL) == shown.original)
    }

    /** A screen that is left cancels its call, and cannot know whether the call recorded something. */
    private suspend fun aCancelledCallIsFoundByItsRepetition(client: Client, task: TaskId, at: Instance, draft: Draft) = coroutineScope {
        val request = checkNotNull(RequestId.of("${UUID.randomUUID()}"))
        val call = launch(start = CoroutineStart.UNDISPATCHED) { client.tasks().record(task, at, draft, request) }
        call.cancelAndJoin()
        val first = client.tasks().record(task, at, draft, request)
        check(client.tasks().record(task, at, draft, request) == first)
        val other = refused { client.tasks().submit(task, request) }
        check(other.code == "already_done") { other }
    }

    private suspend fun handIn(client: Client, task: TaskId) {
        val open = client.screens().task(task)
        check(open.steps.map { it.kind } == listOf(StepKind.Selfie, StepKind.Controller) && !open.submit.allowed) { open.steps }
        check("自拍" in "${refused { client.tasks().submit(task) }}")
        client.evidence().takePhoto(task, Purpose(PhotoRole.SELFIE, null), "${roll[1]}")
        client.tasks().setController(task, BRAND)
        check("控制器" in "${refused { client.tasks().submit(task) }}")
        client.evidence().takePhoto(task, Purpose(PhotoRole.PANEL, null), "${roll[1]}")
        val ready = client.screens().task(task)
        check(ready.steps.isEmpty() && ready.submit.allowed && ready.controller?.chosen == BRAND) { ready }
        client.tasks().submit(task)
        check(client.screens().task(task).state.word == "待审核")
    }

    private suspend fun arrive(client: Client, task: TaskId) {
        check(!client.screens().me().signOut.allowed)
        check(client.sync().now())
        val centre = client.screens().sync()
        check(centre.quiet.tone == Tone.CONFORM && centre.notCounted.isEmpty()) { centre }
        val photos = client.screens().search(TaskQuery()).rows.single { it.task == task }.photos
        check(photos.done == 3 && photos.total == 3) { photos }
    }

    private fun theLeadReadsIt() {
        val lead = Console(server.url, "lead")
        val page = lead.page(lead.page("/tasks").linkBelow("/tasks")).html
        for (text in listOf(ITEM, BRAND, OPERATOR, "待审核", "5.5")) check(text in page) { "$text is not on the lead's page" }
        check("6 blobs, of which 0 broken" in server.verified())
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
