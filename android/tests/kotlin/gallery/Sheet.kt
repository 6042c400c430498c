package firebee.phones

import firebee.AccountId
import firebee.Act
import firebee.Chip
import firebee.ChipShape
import firebee.Count
import firebee.DispatchId
import firebee.FactId
import firebee.FaultId
import firebee.Language
import firebee.Left
import firebee.PhotoView
import firebee.PlanId
import firebee.PlanItemId
import firebee.ProjectId
import firebee.Quiet
import firebee.TaskId
import firebee.Tone
import firebee.When
import java.time.Instant

/** How full a screen is: as on a usual day, with nothing to show, with too much of everything, with all that can go wrong. */
enum class Fill { USUAL, EMPTY, OVERFULL, ERROR }

/** What a core would say, without a core: the same words at every run, so that pictures can be compared. */
class Sheet(val fill: Fill, val language: Language) {
    val wrong: Boolean get() = fill == Fill.ERROR
    val full: Boolean get() = fill == Fill.OVERFULL
    val empty: Boolean get() = fill == Fill.EMPTY

    fun say(zh: String, en: String): String = if (language == Language.ZH) zh else en

    /** A name; on an overfull screen as long as names get. */
    fun name(zh: String, en: String): String =
        if (full) say("$zh（一期至三期地下车库及配套商业裙房消防设施联动试验区域）", "$en, phases one to three with the underground car park and the shopping podium") else say(zh, en)

    /** So many on a usual day, none on an empty one, far more on an overfull one. */
    fun <T> some(usual: Int, overfull: Int = usual * 10, make: (Int) -> T): List<T> =
        List(if (empty) 0 else if (full) overfull else usual, make)

    fun <T> unlessEmpty(make: () -> T): T? = if (empty) null else make()

    fun <T> ifWrong(make: () -> T): T? = if (wrong || full) make() else null

    fun may(zh: String = "现在不能执行：没有网络。有网络后再试。", en: String = "Not possible now: there is no network. Try again with one."): Act =
        if (wrong) Act(false, say(zh, en), null) else Act(true, null, null)

    fun may(consequence: String): Act = may().let { if (it.allowed) it.copy(consequence = consequence) else it }

    fun count(done: Int, total: Int): Count = Count(done, total, say("$done/$total 项已提交", "$done of $total handed in"))

    fun photos(done: Int, total: Int): Count = Count(done, total, say("照片 $done/$total 已在服务器", "$done of $total photos on the server"))

    fun moment(time: String): When = When(
        say("今天 $time", "today $time"),
        "2026-08-14 $time:07 UTC+8",
        Instant.parse("2026-08-14T06:02:07Z"),
        say("由服务器证明：误差不超过 2 分钟", "proved by the server within 2 minutes"),
    )

    fun left(count: Int): Left =
        if (wrong) Left(say("已逾期 $count 天", "$count days late"), Tone.LATE, -count) else Left(say("还有 $count 天", "$count days left"), Tone.WAITING, count)

    fun quiet(): Quiet = when (fill) {
        Fill.USUAL -> Quiet(say("12 条待上传，上次同步 09:41", "12 waiting, last sync 09:41"), Tone.UNTESTABLE)
        Fill.EMPTY -> Quiet(say("全部已上传，上次同步 09:41", "Everything is sent, last sync 09:41"), Tone.CONFORM)
        Fill.OVERFULL -> Quiet(say("1,284 条待上传，216 张照片等待无线网络，上次同步 8月9日 23:58", "1,284 waiting, 216 photos wait for Wi-Fi, last sync 9 Aug 23:58"), Tone.WAITING)
        Fill.ERROR -> Quiet(say("本机不能再上传，请打开同步页", "This phone cannot send any more. Open the sync centre."), Tone.NONCONFORM)
    }

    val conform: Chip get() = Chip(Tone.CONFORM, ChipShape.CHECK, say("符合", "Conforms"))
    val nonconform: Chip get() = Chip(Tone.NONCONFORM, ChipShape.CROSS, say("不符合", "Does not conform"))
    val untestable: Chip get() = Chip(Tone.UNTESTABLE, ChipShape.DASH, say("不能测试", "Could not be tested"))
    val running: Chip get() = Chip(Tone.WAITING, ChipShape.PENCIL, say("执行中", "Under way"))
    val rejected: Chip get() = Chip(Tone.NONCONFORM, ChipShape.BACK, say("审核不通过", "Rejected"))
    val toReview: Chip get() = Chip(Tone.WAITING, ChipShape.CLOCK, say("待审核", "To review"))
    val approved: Chip get() = Chip(Tone.CONFORM, ChipShape.CHECK, say("审核通过", "Approved"))
    val free: Chip get() = Chip(Tone.UNTESTABLE, ChipShape.CIRCLE, say("未执行", "Not begun"))
    val planned: Chip get() = Chip(Tone.UNTESTABLE, ChipShape.CIRCLE, say("计划内", "In the plan"))
    val late: Chip get() = Chip(Tone.LATE, ChipShape.WARN, say("逾期提交", "Late"))

    fun verdict(at: Int): Chip = listOf(conform, nonconform, untestable)[at % 3]

    fun photo(at: Int, on: Boolean = true): PhotoView = PhotoView(
        fact(100 + at),
        say("证据照片", "Evidence"),
        name("储油量", "Fuel level"),
        ROLL.takeIf { on },
        ROLL.takeIf { on },
        ROLL.takeIf { on },
        moment("14:02"),
        say("北纬 36.617，东经 101.778", "36.617 N, 101.778 E"),
        on,
        wrong && at == 1,
        if (wrong || full) listOf(say("照片自带的时间比记录早 2 小时", "The picture says it is two hours older than the record")) else emptyList(),
    )

    companion object {
        /** The picture that every lens and every photo of the gallery shows. */
        const val ROLL: String = "gallery"

        private fun uuid(kind: Int, at: Int) = "%08d-0000-4000-8000-%012d".format(kind, at)

        fun task(at: Int = 1): TaskId = checkNotNull(TaskId.of(uuid(1, at)))
        fun item(at: Int = 1): PlanItemId = checkNotNull(PlanItemId.of(uuid(2, at)))
        fun plan(at: Int = 1): PlanId = checkNotNull(PlanId.of(uuid(3, at)))
        fun project(at: Int = 1): ProjectId = checkNotNull(ProjectId.of(uuid(4, at)))
        fun dispatch(at: Int = 1): DispatchId = checkNotNull(DispatchId.of(uuid(5, at)))
        fun account(at: Int = 1): AccountId = checkNotNull(AccountId.of(uuid(6, at)))
        fun fact(at: Int = 1): FactId = checkNotNull(FactId.of(uuid(7, at)))
        fun fault(at: Int = 1): FaultId = checkNotNull(FaultId.of(uuid(8, at)))
    }
}
