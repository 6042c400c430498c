package firebee.phones

import firebee.Action
import firebee.Allowance
import firebee.AllowanceChoice
import firebee.AnswerRow
import firebee.Asks
import firebee.Count
import firebee.FaultRow
import firebee.HoleRow
import firebee.LogRow
import firebee.LostAccount
import firebee.Me
import firebee.Notice
import firebee.Particulars
import firebee.Permission
import firebee.PermissionStep
import firebee.PersonRow
import firebee.PictureRules
import firebee.RecordLedger
import firebee.RecordRow
import firebee.RecordScreen
import firebee.ReviewScreen
import firebee.SaidRow
import firebee.Seen
import firebee.StorageUse
import firebee.SyncScreen
import firebee.TaskWay
import firebee.TimeRow
import firebee.TrackScreen
import firebee.TrackSums
import firebee.UndecidedFact
import firebee.UndecidedGroup
import firebee.UndecidedScreen
import firebee.Wait
import firebee.WaitReason
import firebee.Way
import firebee.WayChoice

fun Sheet.review(seen: Seen?): ReviewScreen = ReviewScreen(
    task().copy(state = if (wrong) rejected else toReview, coverage = conform.copy(word = say("轨迹在围栏内", "Inside the fence"))), seen,
    some(2, 30) { answer(it) }, some(1, 8) { fault(it) }, some(2, 12) { PersonRow(Sheet.account(it + 1), listOf("赵强", "马晓燕")[it % 2] + if (it > 1) " $it" else "") },
    photos(if (empty) 0 else 7, if (empty) 0 else 9),
    listOf(TimeRow(say("开始", "Begun"), moment("13:05")), TimeRow(say("第 1 轮提交", "Round 1 handed in"), moment("15:40"))),
    if (wrong || full) listOf(say("2 张照片自带的时间与记录不符。", "Two photos tell another time than their record.")) else emptyList(),
    if (wrong || full) listOf(LogRow(1, rejected, "李建国", say("第3张照片看不清铭牌。", "The name plate cannot be read."), 0, moment("16:20"))) else emptyList(),
    if (empty) may() else firebee.Act(false, say("还有 1 个故障未处理。", "One fault is not handled yet."), null), may(),
)

private fun Sheet.answer(at: Int) = AnswerRow(
    itemName(at), "储油箱内的油量应能满足发电机组运行3h~8h的用量", say("地下一层 ($at)", "Basement ($at)"),
    if (at % 2 == 0) "油箱油量满足机组运行5.5h" else "油箱油量满足机组运行2.5h（应不小于3.0h）",
    if (full) List(4) { "(${it + 1}) 5.${it} h" } else emptyList(), verdict(at), if (at == 1) conform else null,
    if (at == 1) say("油位计不准，以油尺为准", "The gauge is off; the dipstick counts") else null, null, if (at == 0) listOf(photo(1), photo(2, on = false)) else emptyList(), moment("14:02"),
)

private fun Sheet.fault(at: Int): FaultRow {
    val ways = listOf(
        WayChoice(Way.TROUBLESHOOT, say("排查", "Troubleshoot"), Asks(false, true, false), null),
        WayChoice(Way.OWNER_AGREED, say("业主同意维修", "The owner agrees to the repair"), Asks(false, true, true), null),
        WayChoice(Way.OWNER_REFUSED, say("业主拒绝维修", "The owner refuses"), Asks(true, false, false), say("此后不能再改。", "This is final.")),
        WayChoice(Way.OUT_OF_SCOPE, say("不在合同范围", "Out of the contract's scope"), Asks(true, false, false), say("此后不能再改。", "This is final.")),
        WayChoice(Way.NEGOTIATING, say("与业主沟通中", "Being talked about with the owner"), Asks(false, false, false), null),
    )
    return FaultRow(
        Sheet.fault(at + 1), itemName(at), say("地下一层", "Basement"), name("油箱油位过低，只够运行2.5小时", "The tank holds fuel for two and a half hours only"),
        nonconform.copy(word = say("未处理", "Not handled")), null, 0, if (empty) Particulars() else Particulars(true, full, measures()), if (empty) emptyList() else said(),
        listOf(photo(3)), if (full) listOf(dispatchRow(3)) else emptyList(), ways, may(),
    )
}

private fun Sheet.measures() = name("每两小时巡查一次，备用移动照明", "A patrol every two hours, and mobile lights at hand")

private fun Sheet.said() = listOfNotNull(
    SaidRow(say("系统停用", "System stopped"), say("是", "Yes")),
    SaidRow(say("安全保护措施", "Protective measures"), measures()),
    ifWrong { SaidRow(say("故障排除确认", "Removal confirmed"), "王建军 · 2026-08-14 15:40:00") },
)

/** A fault that has a record already, except on an empty day. */
fun Sheet.record(): RecordScreen = RecordScreen(
    fault(0).copy(record = may("故障已撤回，不能再补充记录。", "The fault was withdrawn. Its record is closed.")),
    some(1, 12) { RecordRow("李建国", moment("16:2${it % 10}"), said()) },
)

fun Sheet.undecided(): UndecidedScreen = UndecidedScreen(
    if (empty) say("没有等您决定的记录。", "No record waits for your decision.") else say("4 条记录未计入，等您决定。", "4 records are not counted and wait for your decision."),
    some(1, 6) {
        UndecidedGroup(
            Sheet.task(it + 1), name("中仪大厦 8月", "Zhongyi Tower, August"), name("中仪大厦", "Zhongyi Tower"), "赵强",
            say("手机被报失之后才收到。", "It came after the phone was reported lost."), 2,
            List(2) { at -> UndecidedFact(Sheet.fact(10 * it + at), say("储油量", "Fuel level"), say("5.5 h，符合", "5.5 h, conforms"), moment("14:0$at")) }, may(), may(),
        )
    },
)

fun Sheet.track(): TrackScreen? = unlessEmpty {
    TrackScreen(
        Sheet.task(), name("中仪大厦 8月 消防供电", "Zhongyi Tower, August, power supply"), moment("13:05"), moment("14:01"), late.takeIf { wrong }?.copy(word = say("坐标疑似模拟", "Places may be simulated")),
        TrackSums(say("52 分钟", "52 min"), say("3 分钟", "3 min"), say("11 分钟", "11 min"), if (wrong) nonconform.copy(word = say("不满足", "Not enough")) else conform.copy(word = say("满足", "Enough")), ifWrong { say("有 2 处跳动，不计入。", "Two jumps do not count.") }, say("按到目前为止的轨迹估计。", "As far as the track is known.")),
        some(1, 8) { HoleRow(moment("13:2$it"), moment("13:3$it"), say("11 分钟", "11 min"), say("没有定位权限", "No permission for the location"), say("请在手机设置中选择“始终允许”定位。", "Choose “always” for the location in the phone's settings.")) },
    )
}

private fun Sheet.ledger(all: Int) = RecordLedger(all, all / 4, all / 4, all / 4, all / 4, if (wrong) 1 else 0)

private fun Sheet.notice(zh: String, en: String, code: String) = Notice(say(zh, en), code, Action.RETRY_LATER, true, moment("09:41"))

fun Sheet.sync(): SyncScreen = SyncScreen(
    quiet(), false, if (wrong) notice("服务器没有回答。已记录的内容都在本机，稍后自动再试。", "The server does not answer. Everything is kept here and is tried again by itself.", "server_unreachable") else null,
    if (wrong) moment("09:45") else null,
    some(2, 20) { at ->
        TaskWay(
            Sheet.task(at + 1), name("中仪大厦 8月 消防供电", "Zhongyi Tower, August, power supply"), if (at == 0) running.copy(word = say("等待网络", "Waits for a network")) else conform.copy(word = say("已接收", "Received")),
            12, ledger(12), count(6, 12), count(6, 12), Count(3 + at, 12, say("${3 + at}/12 条已安全保存", "${3 + at} of 12 records are safe")), photos(7, 9),
            listOf(Wait(WaitReason.NETWORK, 6, say("6 条等待网络", "6 records wait for a network")), Wait(WaitReason.PHOTO_UNMETERED, 2, say("2 张照片等待无线网络", "2 photos wait for Wi-Fi"))), null,
        )
    },
    ledger(if (empty) 0 else if (full) 12_840 else 24), ledger(0),
    if (wrong) listOf(notice("“储油量”晚于移交，未计入。等李建国决定。", "“Fuel level” came after the hand-over and is not counted. Li Jianguo decides.", "task_handed_over")) else emptyList(),
    listOf(StorageUse(say("记录", "Records"), "1.2 MB", 1), StorageUse(say("照片", "Photos"), if (full) "12.4 GB" else "38 MB", 1), StorageUse(say("剩余空间", "Free"), if (wrong) "120 MB" else "18 GB", 1)),
    pictures(),
    if (wrong) notice("本机的记录比服务器旧，可能恢复过备份。请启用新的记录。", "This phone is older than the server knows it, perhaps from a backup. Go on with new records.", "store_restored") else null,
    if (wrong) firebee.Act(true, null, say("未上传的 6 条记录会保留，并从新的记录继续。", "The 6 unsent records are kept; new ones follow.")) else null,
    if (full) LostAccount(notice("本机已不再持有该账号。等全部上传后清除。", "This phone does not hold the account any more. Erase it once everything is sent.", "account_taken"), count(1200, 1284), photos(3, 216), may()) else null,
    may(), may(),
)

fun Sheet.pictures(): PictureRules = PictureRules(
    Allowance.UNMETERED, Allowance.entries.map { AllowanceChoice(it, if (it == Allowance.UNMETERED) say("仅无线网络", "Wi-Fi only") else say("任何网络", "Any network")) },
    500, say("其他手机的照片：38 MB，最多 500 MB", "Photos of other phones: 38 MB of at most 500 MB"),
)

fun Sheet.me(): Me = Me(
    unlessEmpty { "马晓燕" }, unlessEmpty { "operator-1" }, unlessEmpty { say("操作人员", "Operator") }, false, unlessEmpty { name("青海安泰消防技术服务有限公司", "Qinghai Antai Fire Services") },
    if (wrong) late.copy(word = say("登录已失效", "Sign in again")) else conform.copy(word = say("已登录", "Signed in")), may("操作证已过期，不能记录。请联系企业。", "The certificate has expired. Nothing can be recorded. Ask your firm."),
    if (empty) firebee.Act(true, null, say("退出后要有网络才能再登录。", "Signing in again needs a network.")) else firebee.Act(false, say("还有 12 条记录未上传，不能退出。请先同步。", "12 records are not sent. Sync first, then sign out."), null),
    firebee.Act(true, null, say("清除本机上该账号的全部内容，包括未上传的记录。", "Erases everything of the account on this phone, also what was not sent.")),
)

fun Sheet.permissions(granted: List<Permission>): List<PermissionStep> = listOf(
    PermissionStep(Permission.LOCATION_ALWAYS, say("始终允许定位", "Location, always"), say("证明测试时您在现场：任务进行中记录轨迹，锁屏后也记录。", "It shows that you were on site: the track is recorded while a task runs, also with the screen locked."), say("不允许时，轨迹会有中断，任务可能不被计入。", "Without it the track has gaps, and the task may not count.")),
    PermissionStep(Permission.CAMERA, say("相机", "Camera"), say("拍摄证据照片和自拍。", "For evidence photos and the selfie."), say("不允许时，不能提交任务。", "Without it no task can be handed in.")),
).filter { it.permission !in granted && !empty }
