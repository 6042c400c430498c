package firebee.phones

import firebee.AnswerInput
import firebee.CameraScreen
import firebee.ControllerChoice
import firebee.Draft
import firebee.DueView
import firebee.FaultText
import firebee.FieldNote
import firebee.FieldValue
import firebee.FormView
import firebee.Instance
import firebee.InstanceRow
import firebee.InstrumentChoice
import firebee.Isolable
import firebee.ItemRow
import firebee.ItemScreen
import firebee.MoveScreen
import firebee.MoveTarget
import firebee.NameChoice
import firebee.NumberInput
import firebee.OpenFaultRow
import firebee.Opinion
import firebee.PhotoRole
import firebee.PickInput
import firebee.PickOption
import firebee.Previous
import firebee.ProposedVerdict
import firebee.Purpose
import firebee.Question
import firebee.Receiver
import firebee.Rest
import firebee.RestoreRow
import firebee.Step
import firebee.StepKind
import firebee.TaskScreen
import firebee.Tone
import firebee.VariantPick
import firebee.Verdict
import firebee.VerdictChoice
import firebee.WitnessView

fun Sheet.task(): TaskScreen = TaskScreen(
    Sheet.task(), name("中仪大厦 8月 消防供电", "Zhongyi Tower, August, power supply"), name("中仪大厦", "Zhongyi Tower"),
    say("月度测试", "Monthly test"),
    ifWrong { say("计划外：单独记录，不计入本期报告。", "Outside the plan: recorded by itself, and makes no report.") },
    if (wrong) rejected else running, quiet(),
    some(3, 40) { itemRow(it) }, count(if (empty) 0 else 1, if (empty) 0 else 3), steps(),
    if (empty || wrong) null else photo(1), controller(), restore(),
    some(1, 4) { NameChoice(name("钥匙已归还物业 ${it + 1}", "Keys are back with the property ${it + 1}"), it == 0) },
    some(3, 14) { NameChoice(listOf("马晓燕", "赵强", "欧阳雪莲", "阿卜杜热西提·买买提")[it % 4] + if (it > 3) " ${it + 1}" else "", it == 0) },
    some(2, 12) { instrument(it) }, WitnessView(true, if (full) say("才让卓玛，物业经理", "Cairang Zhuoma, property manager") else null, if (full) moment("15:40") else null),
    some(2, 12) { Receiver(Sheet.account(it + 1), listOf("赵强", "欧阳雪莲")[it % 2] + if (it > 1) " ${it + 1}" else "") },
    if (wrong) nonconform else null,
    DueView(say("8月31日前提交为按期", "In time until 31 August"), left(3), late.takeIf { wrong }, null),
    ifWrong { Opinion(say("第3张照片看不清铭牌，请补拍后重新提交。", "The name plate cannot be read on the third photo. Take it again and hand in anew."), moment("16:20")) },
    if (wrong) Opinion(say("该任务已被李建国删除：重复下发。", "Li Jianguo deleted this task: issued twice."), moment("16:30")) else null,
    if (wrong || full) listOf(say("马晓燕的操作证将在 21 天后到期。", "Ma Xiaoyan's certificate ends in 21 days.")) else emptyList(),
    if (wrong) listOf(say("“储油量”的结果晚于移交，未计入。", "The result of “fuel level” came after the hand-over and is not counted.")) else emptyList(),
    may(allowedAlways = true), may(say("提交后不能再修改，除非审核不通过。", "After handing in nothing can be changed, unless it is rejected.")),
    may(say("删除后，这个任务的记录不再计入。", "Once deleted, nothing recorded for this task counts.")),
    may(say("移交后由对方继续，您不能再记录。", "The other person goes on; you can record nothing more.")),
)

private fun Sheet.may(allowedAlways: Boolean) = may().copy(allowed = allowedAlways, whyNot = null)

private fun Sheet.itemRow(at: Int) = ItemRow(
    Sheet.item(at), itemName(at), say("自备发电机组", "Standby generator"), say("地下一层", "Basement"), count(at, 3),
    if (at == 0) null else verdict(at), photos(at, at), at == 1 && !empty,
)

private fun Sheet.steps(): List<Step> {
    val at = Instance(Sheet.item(), 1)
    val kinds = listOf(
        say("记录：储油量", "Answer: fuel level") to StepKind.Item(at),
        say("为“主备电切换”拍照", "Photograph: supply transfer") to StepKind.Photo(Purpose(PhotoRole.EVIDENCE, at)),
        say("填写现场控制器品牌", "Say which controller is on site") to StepKind.Controller,
        say("确认火灾报警系统已恢复自动", "Confirm that the fire alarm is back in automatic") to StepKind.Restore(Isolable.FIRE_ALARM),
        say("请甲方见证人签名", "Have the owner's witness sign") to StepKind.Witness,
    )
    return some(3, 12) { kinds[it % kinds.size] }.map { (text, kind) -> Step(text, kind) }
}

private fun Sheet.controller() = ControllerChoice(
    if (empty) null else say("海湾", "GST"), false, some(1, 3) { listOf("海湾", "青鸟消防", "泰和安")[it % 3] },
    if (empty) emptyList() else listOf("利达华信", "依爱消防", "松江飞繁", "Honeywell", "Siemens", "Bosch").map { PickOption(it, it) },
)

private fun Sheet.restore(): List<RestoreRow> {
    val before = say("测试前告知消控室，并将火灾报警系统置为手动。", "Before the test tell the control room and set the fire alarm to manual.")
    val rows = listOf(
        RestoreRow(Isolable.FIRE_ALARM, say("火灾报警及联动", "Fire alarm and what it triggers"), before, say("王师傅", "Mr Wang"), say("马晓燕", "Ma Xiaoyan"), photo(7)),
        RestoreRow(Isolable.GAS, say("气体灭火", "Gas"), before, say("王师傅", "Mr Wang"), null, null),
        RestoreRow(Isolable.SHUTTERS, say("防火卷帘", "Fire shutters"), before, null, null, null),
    )
    return if (empty) emptyList() else if (full) rows + Isolable.entries.filter { one -> rows.none { it.system == one } }.map { rows[2].copy(system = it, name = name("防火卷帘 $it", "Shutters $it")) } else rows
}

fun Sheet.instrument(at: Int): InstrumentChoice = InstrumentChoice(
    "SN-20${18 + at}", name(listOf("声级计", "秒表")[at % 2], listOf("Sound level meter", "Stopwatch")[at % 2]),
    if (at == 1) late.copy(word = say("检定已过期", "Calibration expired")) else conform.copy(word = say("检定有效", "Calibrated")),
    say("检定至 2027年3月", "until March 2027"), at == 0,
)

fun Sheet.item(): ItemScreen = ItemScreen(
    Sheet.item(), 2, itemName(0), null, name("自备发电机组", "Standby generator"),
    "储油箱内的油量应能满足发电机组运行3h~8h的用量，油位显示应正常。燃油标号应正确。" + if (full) "燃油标号应与环境温度相适应，寒冷地区冬季应使用相应牌号的柴油。".repeat(3) else "",
    unlessEmpty { "GB 25201-2010 6.3.1" }, ifWrong { say("每月一次", "once a month") }, unlessEmpty { say("地下一层油箱间", "Basement, tank room") },
    some(3, 600) { InstanceRow(it + 1, say("地下一层 ${it + 1} 号", "Basement, no. ${it + 1}"), verdict(it).takeIf { _ -> it < 2 || full && it % 3 == 0 }) },
    Instance(Sheet.item(), 3), if (full) Rest(398, say("其余 398 个测点全部符合", "The other 398 instances conform"), may(), listOf("hours")) else null, form(),
    unlessEmpty { Previous(say("7月", "July"), "油箱油量满足机组运行6.5h", conform, moment("10:05")) },
    some(1, 3) { OpenFaultRow(name("油位计玻璃破裂", "The glass of the gauge is broken"), nonconform.copy(word = say("未处理", "Not handled")), say("7月", "July")) },
    if (wrong) listOf(say("原记在 1 号测点，已移到这里。", "It was recorded at no. 1 and moved here.")) else emptyList(),
    may(), some(1, 6) { photo(it) }, some(1, 4) { instrument(it) },
)

fun Sheet.form(draft: Draft? = null): FormView {
    val value = if (empty) "" else if (wrong) "2.5" else "5.5"
    val filled = draft ?: Draft(
        position = unlessEmpty { say("地下一层油箱间", "Basement, tank room") },
        values = if (empty) emptyList() else listOf(FieldValue("hours", value), FieldValue("level", "normal")),
        fault = if (wrong) FaultText("tank", "low", say("油位过低，只够运行2.5小时", "Fuel for two and a half hours only")) else null,
    )
    val bad = FieldNote("hours", null, say("超出标准：应不小于 3.0 h", "Out of limits: at least 3.0 h"), Tone.NONCONFORM)
    val questions = listOf(
        Question("hours", say("可运行时间", "Running time"), value, AnswerInput.Number(NumberInput("h", 1, false)), say("≥ 3.0 h，≤ 8.0 h", "≥ 3.0 h, ≤ 8.0 h"), true, unlessEmpty { "6.0" }, unlessEmpty { "6.5" }, bad.takeIf { wrong }),
        Question("level", say("油位显示", "Level gauge"), "normal", AnswerInput.Pick(PickInput(listOf(PickOption("normal", say("正常", "Normal")), PickOption("abnormal", say("异常", "Abnormal"))))), null, true, null, null, null),
    )
    val proposed = if (empty) null else if (wrong) ProposedVerdict(Verdict.NONCONFORM, nonconform) else ProposedVerdict(Verdict.CONFORM, conform)
    val parts = listOf(PickOption("tank", say("储油箱", "Fuel tank")), PickOption("gauge", say("油位计", "Gauge")))
    val verdicts = listOf(
        VerdictChoice(Verdict.CONFORM, conform, !empty && !wrong, null, emptyList(), null, emptyList(), emptyList()),
        VerdictChoice(Verdict.NONCONFORM, nonconform, wrong, null, emptyList(), say("故障描述", "What is wrong"), parts, listOf(PickOption("low", say("液位过低", "Level too low")))),
        VerdictChoice(Verdict.UNTESTABLE, untestable, false, say("原因", "Reason"), listOf(PickOption("out", say("设备停用", "Out of use"))), null, emptyList(), emptyList()),
    )
    val variants = listOf(PickOption("a", say("日用油箱", "Day tank")), PickOption("b", say("室外储罐", "Outdoor tank")))
    return FormView(
        filled, questions, if (full) VariantPick(variants, "a") else null, proposed, verdicts,
        if (empty) null else if (wrong) "油箱油量满足机组运行2.5h（应不小于3.0h）" else "油箱油量满足机组运行5.5h（应不小于3.0h，不大于8.0h）",
        if (full) say("数值取自“发电机试运行”。", "The values are those of “test run”.") else null,
        if (wrong) say("不符合需要照片：请拍清楚油位。", "A nonconformity needs a photo: show the level.") else null, emptyList(),
        if (empty) firebee.Act(false, say("还有 2 个必填项。", "Two answers are missing."), null) else may("请先拍照。", "Take the photo first."),
    )
}

fun Sheet.moving(): MoveScreen = MoveScreen(
    say("储油量 · 地下一层油箱间：5.5 h，符合", "Fuel level · basement, tank room: 5.5 h, conforms"), may(),
    some(3) { MoveTarget(Sheet.task(it + 1), name("中仪大厦 8月", "Zhongyi Tower, August"), name("中仪大厦", "Zhongyi Tower"), it == 0, Instance(Sheet.item(it), 1), itemName(it), say("自备发电机组", "Standby generator"), say("地下二层", "Second basement")) },
)

fun Sheet.camera(): CameraScreen = CameraScreen(
    name("储油量：拍清油位和铭牌", "Fuel level: show the level and the name plate"),
    if (empty) emptyList() else listOf("2026-08-14 14:02", say("北纬 36.617，东经 101.778", "36.617 N, 101.778 E")),
    unlessEmpty { Step(say("提交人自拍", "the selfie"), StepKind.Selfie) },
    may("手机存储空间不足。请先删除其他文件。", "The phone is full. Delete other files first."),
)
