package firebee.phones

import firebee.Action
import firebee.CameraScreen
import firebee.CancelHandle
import firebee.Change
import firebee.Changes
import firebee.Client
import firebee.ClientException
import firebee.Datum
import firebee.DispatchId
import firebee.DispatchPage
import firebee.DispatchQuery
import firebee.DispatchScreen
import firebee.Draft
import firebee.Drafts
import firebee.Evidence
import firebee.FactId
import firebee.FaultId
import firebee.FirstPull
import firebee.FormView
import firebee.Instance
import firebee.IssuedPage
import firebee.IssuedQuery
import firebee.ItemScreen
import firebee.KeptText
import firebee.Language
import firebee.Me
import firebee.MoveScreen
import firebee.NoHandle
import firebee.Permission
import firebee.PermissionStep
import firebee.PhotoSize
import firebee.PlanItemId
import firebee.ProjectId
import firebee.ProjectPage
import firebee.ProjectQuery
import firebee.ProjectScreen
import firebee.PullStep
import firebee.Purpose
import firebee.Quiet
import firebee.RecordScreen
import firebee.ReviewScreen
import firebee.Screens
import firebee.SupplementaryScreen
import firebee.Sync
import firebee.SyncScreen
import firebee.TaskId
import firebee.TaskPage
import firebee.TaskQuery
import firebee.TaskScreen
import firebee.Tasks
import firebee.Today
import firebee.TrackScreen
import firebee.UndecidedScreen
import firebee.Whose
import kotlinx.coroutines.awaitCancellation

/** A client that gives what the sheets say and records nothing. */
class Paper(private val fill: Fill, private var language: Language) : Client(NoHandle) {
    val sheet: Sheet get() = Sheet(fill, language)

    /** What was asked for as a further page. */
    val asked = ArrayList<IssuedQuery>()

    override fun screens(): Screens = PaperScreens(this)

    override fun tasks(): Tasks = object : Tasks(NoHandle) {
        override suspend fun answer(task: TaskId, instance: Instance, draft: Draft): FormView = sheet.form(draft)
    }

    override fun sync(): Sync = object : Sync(NoHandle) {
        override fun firstPull(cancel: CancelHandle?): FirstPull = PaperPull(sheet)
    }

    override fun evidence(): Evidence = object : Evidence(NoHandle) {
        override suspend fun fetch(task: TaskId, photo: FactId, size: PhotoSize, cancel: CancelHandle?): String? =
            if (sheet.wrong) throw sheet.refusal() else Sheet.ROLL.takeIf { !sheet.empty }
    }

    override fun drafts(): Drafts = object : Drafts(NoHandle) {
        override suspend fun kept(place: String): List<KeptText> = emptyList()

        override suspend fun keep(place: String, field: String, text: String) = Unit
    }

    override fun changes(): Changes = object : Changes(NoHandle) {
        override suspend fun next(): Change? = awaitCancellation()

        override fun stop() = Unit
    }

    override fun setLanguage(language: Language) {
        this.language = language
    }
}

/** What comes in the way, as every screen may have to show it. */
fun Sheet.refusal(): ClientException = ClientException.Failed(
    "server_unreachable",
    say("服务器没有回答。内容已保存在本机，有网络后自动发送。", "The server does not answer. Everything is kept on this phone and is sent once there is a network."),
    Action.RETRY_LATER,
    emptyList(),
)

private class PaperPull(private val sheet: Sheet) : FirstPull(NoHandle) {
    private var given = false

    override suspend fun next(): PullStep? = when {
        sheet.wrong && given -> throw sheet.refusal()
        sheet.empty || given -> awaitCancellation()
        else -> PullStep(64, 80, 1_200_000, sheet.say("64/80 份资料，1.2 MB", "64 of 80 documents, 1.2 MB")).also { given = true }
    }
}

private class PaperScreens(private val paper: Paper) : Screens(NoHandle) {
    private val sheet get() = paper.sheet

    override suspend fun me(): Me = sheet.me()

    override suspend fun quiet(): Quiet = sheet.quiet()

    override fun permissions(granted: List<Permission>): List<PermissionStep> = sheet.permissions(granted)

    override suspend fun today(): Today = sheet.today()

    override suspend fun project(project: ProjectId, datum: Datum): ProjectScreen = sheet.project()

    override suspend fun projects(query: ProjectQuery): ProjectPage = sheet.some(2, 60) { sheet.projectRow(it + 1) }.let { ProjectPage(it.take(query.limit), it.size, null) }

    override suspend fun issued(query: IssuedQuery): IssuedPage {
        paper.asked += query
        val from = query.after?.value?.takeLast(3)?.toInt()?.plus(1) ?: 0
        val rows = List(minOf(query.limit, 480 - from)) { sheet.issued(9_000 + from + it) }
        return IssuedPage(rows, 480, rows.lastOrNull()?.item)
    }

    override suspend fun supplementary(project: ProjectId, words: String): SupplementaryScreen = sheet.supplementary()

    override suspend fun task(task: TaskId): TaskScreen = sheet.task()

    override suspend fun item(task: TaskId, instance: Instance): ItemScreen = sheet.item()

    override suspend fun tagged(task: TaskId, tag: String, item: PlanItemId?): Instance? = null

    override suspend fun moving(task: TaskId, instance: Instance): MoveScreen = sheet.moving()

    override suspend fun camera(task: TaskId, purpose: Purpose): CameraScreen = sheet.camera()

    override suspend fun track(): TrackScreen? = sheet.track()

    override suspend fun review(task: TaskId): ReviewScreen = sheet.review("seen")

    override suspend fun record(task: TaskId, fault: FaultId): RecordScreen = sheet.record()

    override suspend fun dispatch(dispatch: DispatchId): DispatchScreen = sheet.dispatch()

    override suspend fun findDispatches(query: DispatchQuery): DispatchPage = sheet.some(3, 40) { sheet.dispatchRow(it) }.let { DispatchPage(it, it.size, null, sheet.dispatchStates()) }

    override suspend fun search(query: TaskQuery): TaskPage = sheet.some(3, 40) { sheet.taskRow(it) }.let { rows ->
        TaskPage(rows, rows.size, null, if (query.whose == Whose.TO_REVIEW) emptyList() else sheet.states(), sheet.months())
    }

    override suspend fun sync(): SyncScreen = sheet.sync()

    override suspend fun undecided(): UndecidedScreen = sheet.undecided()
}
