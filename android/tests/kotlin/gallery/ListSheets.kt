package firebee.phones

import firebee.Act
import firebee.Chip
import firebee.ChipShape
import firebee.Datum
import firebee.DispatchRow
import firebee.DispatchScreen
import firebee.DispatchState
import firebee.DispatchChoice
import firebee.FacilityRow
import firebee.FenceView
import firebee.HandedRow
import firebee.IssuedGroup
import firebee.IssuedRow
import firebee.LatLon
import firebee.MapView
import firebee.MonthChoice
import firebee.OfferedFacility
import firebee.OfferedItem
import firebee.OfferedSystem
import firebee.OutsidePlan
import firebee.ProjectRow
import firebee.ProjectScreen
import firebee.StateChoice
import firebee.StepRow
import firebee.SupplementaryScreen
import firebee.SystemRow
import firebee.TaskRow
import firebee.TaskState
import firebee.Today
import firebee.Tone
import firebee.TrackPiece
import firebee.Waiting
import java.time.YearMonth
import kotlin.math.cos
import kotlin.math.sin

private val NAMES = listOf("储油量" to "Fuel level", "主备电切换" to "Supply transfer", "末端试水" to "End-of-line test", "感烟探测器" to "Smoke detectors")

fun Sheet.itemName(at: Int): String = NAMES[at % NAMES.size].let { (zh, en) -> name(zh, en) }

fun Sheet.issued(at: Int): IssuedRow = IssuedRow(
    Sheet.item(at),
    itemName(at),
    say("自备发电机组", "Standby generator"),
    "power",
    say("地下一层 B1-0$at", "Basement B1-0$at").takeIf { at % 2 == 0 },
    say("8月${10 + at % 20}日", "${10 + at % 20} August"),
    if (at % 4 == 3) running else free,
    Sheet.task(at).takeIf { at % 4 == 3 },
)

fun Sheet.taskRow(at: Int): TaskRow = TaskRow(
    Sheet.task(at),
    name("中仪大厦 8月 消防供电", "Zhongyi Tower, August, power supply"),
    name("中仪大厦", "Zhongyi Tower"),
    "马晓燕",
    planned,
    if (wrong) rejected else listOf(running, toReview, approved)[at % 3],
    count(3, 8),
    photos(7, 9),
    ifWrong { say("第3张照片看不清铭牌，请补拍后重新提交。", "The name plate cannot be read on the third photo. Take it again and hand in anew.") },
    left(3),
    late.takeIf { wrong },
    say("还差 2 项和 1 张照片", "2 items and 1 photo are missing"),
    false,
)

fun Sheet.states(): List<StateChoice> = listOf(
    StateChoice(null, say("任何状态", "any state"), !wrong),
    StateChoice(TaskState.EXECUTING, running.word, false),
    StateChoice(TaskState.PENDING_REVIEW, toReview.word, false),
    StateChoice(TaskState.REJECTED, rejected.word, wrong),
    StateChoice(TaskState.APPROVED, approved.word, false),
)

/** The months of a phone that has worked for a year, or for a quarter. */
fun Sheet.months(): List<MonthChoice> {
    val known = some(3, 13) { YearMonth.of(2026, 8).minusMonths(it.toLong()) }
    return listOf(MonthChoice(null, say("任何月份", "any month"), true)) +
        known.map { MonthChoice(it, say("${it.year}年${it.monthValue}月", "${it.monthValue}/${it.year}"), false) }
}

fun Sheet.group(at: Int): IssuedGroup {
    val shown = if (full) 20 else 4
    val total = if (full) 480 else 4
    val start = may("项目已终止，不能开始任务。", "The project is terminated. No task can be started.")
    return IssuedGroup(
        Sheet.project(at), name("中仪大厦", "Zhongyi Tower"), Sheet.plan(at),
        say("2026年8月 月度测试", "August 2026, monthly test"), left(3 + at), count(1, total), List(shown) { issued(1000 * at + it) }, start,
    )
}

fun Sheet.today(): Today = Today(
    quiet(),
    some(2, 50) { taskRow(it + 1) },
    if (full) 83 else if (empty) 0 else 2,
    some(1, 3) { group(it + 1) },
    emptyList(),
    some(1, 4) { dispatchRow(it + 1) },
    unlessEmpty { Waiting(if (full) 128 else 2, say("2 个任务等您审核", "2 tasks wait for your review")) },
    unlessEmpty { Waiting(3, say("3 个故障等您处理", "3 faults wait to be handled")) },
    ifWrong { Waiting(4, say("4 条记录未计入，等您决定", "4 records are not counted and wait for your decision")) },
    if (full || wrong) listOf(HandedRow(Sheet.task(99), name("中仪大厦 7月", "Zhongyi Tower, July"), say("赵强接手：请假", "Zhao Qiang goes on: on leave"), moment("08:30"))) else emptyList(),
)

fun Sheet.projectRow(at: Int): ProjectRow = ProjectRow(
    Sheet.project(at), name("中仪大厦", "Zhongyi Tower"), name("中仪置业", "Zhongyi Estates"), "李建国",
    say("西宁市城中区长江路10号", "10 Changjiang Road, Chengzhong, Xining"),
    Chip(Tone.CONFORM, ChipShape.CHECK, say("执行中", "Running")), say("2 个任务进行中", "2 tasks under way"), 2,
)

fun Sheet.outside(): OutsidePlan = OutsidePlan(
    Sheet.project(), name("中仪大厦", "Zhongyi Tower"),
    say("计划外的测试单独记录，不计入本期报告。", "What is tested outside the plan is recorded by itself and makes no report."), may(), may(),
)

private fun circle(lat: Double, lon: Double, radius: Double) =
    List(33) { LatLon(lat + radius * sin(it * Math.PI / 16), lon + radius * 1.25 * cos(it * Math.PI / 16)) }

fun Sheet.map(): MapView = MapView(
    Datum.WGS84, circle(36.617, 101.778, 0.0018), LatLon(36.617, 101.778), say("围栏半径 200 米", "Fence of 200 m"),
    if (full) List(3) { FenceView(name("${it + 2}号楼", "Building ${it + 2}"), circle(36.621 + it * 0.002, 101.782, 0.0009), LatLon(36.62, 101.78), say("半径 100 米", "100 m")) } else emptyList(),
    if (empty) emptyList() else listOf(
        TrackPiece(List(12) { LatLon(36.6165 + it * 1e-4, 101.7765 + it * 2e-4) }, Tone.CONFORM),
        TrackPiece(List(6) { LatLon(36.6176 + it * 1e-4, 101.7787 + it * 4e-4) }, if (wrong) Tone.NONCONFORM else Tone.UNTESTABLE),
    ),
)

fun Sheet.project(): ProjectScreen = ProjectScreen(
    Sheet.project(), name("中仪大厦", "Zhongyi Tower"), say("西宁市城中区长江路10号", "10 Changjiang Road, Chengzhong, Xining"),
    name("中仪置业", "Zhongyi Estates"), "李建国", say("2026年1月1日 至 2027年12月31日", "1 January 2026 to 31 December 2027"),
    if (wrong) Chip(Tone.UNTESTABLE, ChipShape.BARRED, say("已终止", "Terminated")) else Chip(Tone.CONFORM, ChipShape.CHECK, say("执行中", "Running")),
    some(2, 14) { system(it) }, outside(), if (empty) null else map(),
)

private fun Sheet.system(at: Int): SystemRow {
    val (zh, en) = listOf("消防供电" to "Power supply", "火灾报警系统" to "Fire alarm", "自动喷水灭火系统" to "Sprinklers")[at % 3]
    val items = if (full) 200 else 4
    val facility = FacilityRow("f$at", name("自备发电机组", "Standby generator"), "", count(at + 1, items), if (full) emptyList() else List(3) { issued(10 * at + it) } + issued(90 + at))
    return SystemRow("s$at", name(zh, en), if (at == 1) count(items, items) else count(at + 1, items), listOf(facility))
}

fun Sheet.supplementary(): SupplementaryScreen = SupplementaryScreen(
    outside(),
    some(1, 3) { system ->
        OfferedSystem(say("消防供电", "Power supply"), List(2) { facility ->
            OfferedFacility(name("自备发电机组", "Standby generator"), true, List(3) { OfferedItem("i-$system-$facility-$it", itemName(it)) })
        })
    },
    if (empty) say("没有找到测试项。请换一个词。", "No item is found. Try another word.") else null,
)

fun Sheet.dispatchRow(at: Int, state: Int = at): DispatchRow {
    val no = Act(false, null, null)
    val stages = listOf(
        Chip(Tone.WAITING, ChipShape.CLOCK, say("已下达", "Issued")), Chip(Tone.WAITING, ChipShape.HALF, say("已接收", "Received")),
        Chip(Tone.WAITING, ChipShape.PENCIL, say("执行中", "Under way")), Chip(Tone.CONFORM, ChipShape.CHECK, say("已解决", "Resolved")),
    )
    fun open(stage: Int) = if (state % 4 == stage) may() else no
    return DispatchRow(
        Sheet.dispatch(at), say("维修", "Repair"), name("中仪大厦", "Zhongyi Tower"), itemName(at), say("地下一层油箱间", "Basement, tank room"),
        "赵强", stages[state % 4], moment("11:20"), open(0), open(1), open(2),
    )
}

fun Sheet.dispatchStates(): List<DispatchChoice> = listOf(
    DispatchChoice(null, say("任何状态", "any state"), !wrong),
    DispatchChoice(DispatchState.ISSUED, say("已下达", "Issued"), wrong),
    DispatchChoice(DispatchState.RECEIVED, say("已接收", "Received"), false),
    DispatchChoice(DispatchState.EXECUTING, say("执行中", "Under way"), false),
    DispatchChoice(DispatchState.RESOLVED, say("已解决", "Resolved"), false),
    DispatchChoice(DispatchState.UNRESOLVED, say("未解决", "Not resolved"), false),
    DispatchChoice(DispatchState.CANCELLED, say("已取消", "Cancelled"), false),
)

fun Sheet.dispatch(): DispatchScreen = DispatchScreen(
    dispatchRow(1, if (empty) 0 else 2), say("西宁市城中区长江路10号", "10 Changjiang Road, Chengzhong, Xining"), say("消防供电", "Power supply"),
    name("油箱油位过低，只够运行2.5小时", "The tank holds fuel for two and a half hours only"),
    if (empty) "" else name("补充燃油并更换油位计", "Fill up and replace the gauge"), name("中仪大厦 8月 消防供电", "Zhongyi Tower, August, power supply"),
    some(2, 12) { StepRow(say("下达", "Issued"), "李建国", moment("11:2${it % 10}"), if (it == 1) say("请今天完成", "Please finish today") else "", 0) },
    if (wrong) listOf(say("“接收”晚到，服务器未计入：派工已改派给赵强。", "“Received” came too late and is not counted: somebody else was named.")) else emptyList(),
)
