package firebee.phones

import firebee.Fix
import firebee.FixProvider
import firebee.logic.Heard
import firebee.walk.PASSWORD

internal const val OPERATOR = "马晓燕"
internal const val ITEM = "储油量"

/** The item of the task that is handed over, and who goes on with it. */
internal const val GIVEN = "试验发电机自动、手动启动功能"
internal const val COLLEAGUE = "赵强"

/** An item of the alarm system, which a test sets to manual. It stands far behind the first rows of the plan. */
internal const val ALARM_ITEM = "视窗清洁与视场遮挡"
internal const val BRAND = "海湾"
internal const val WRONG = "油箱油位过低，只够运行2.5小时"
internal const val MENDED = "油箱油位过低，只够运行2.5小时，油位计玻璃破裂"
internal const val TOLD = "消控室王师傅"
internal const val WITNESS = "王建军"
internal const val REASON = "明天另有安排"
internal const val CLOSED = "配电室锁闭，业主不在场"

/** What is typed and not recorded when the process is killed. */
private const val PLACE = "一层消控室"
private const val DOUBT = "业主临时停电"

internal const val DONE = "已补充燃油，更换油位计"

/** The first day, until the process is killed in the middle of an answer. `pause` says how far it is and waits. */
fun Hand.firstDay(url: String, satellites: Told, pause: (String) -> Unit) {
    seesTag("server")
    type("server", url)
    tap("server-chosen")
    type("login", "operator-1")
    type("password", "wrong")
    tap("sign-in")
    sees("sign_in_failed")
    signInForTheFirstTime("operator-1")
    sees("始终允许定位")
    repeat(4) { tap("allow") }
    finds(ITEM)
    start()
    walkAbout(satellites)
    opens("part-LEAVING", "leaving-reason")
    type("leaving-reason", DOUBT)
    tap("back")
    pause("the link can be cut")
    outOfLimits()
    opensText(ALARM_ITEM, "verdict=CONFORM")
    type("position", PLACE)
    tap("value=normal")
    // The core proposes by what it has kept.
    ready("save")
    pause("kill me")
    error("the process was not killed")
}

private fun Hand.signInForTheFirstTime(login: String) {
    type("login", login)
    type("password", PASSWORD)
    tap("sign-in")
    seesTag("new-password")
    type("new-password", "$PASSWORD-2")
    tap("sign-in")
}

/** The plan is longer than the screen of a day: the alarm item is found by reading on (ADR 61). */
private fun Hand.start() {
    tapText(ITEM)
    tap("more")
    tapText(ALARM_ITEM)
    ready("start")
    sees("(2)")
    // What is chosen is there again on a screen of its own.
    tap("bar-Sync")
    tap("bar-Today")
    ready("start")
    sees("(2)")
    tap("start")
    seesTag("step")
}

/** A few steps before the door of the building, as satellites tell them. */
private fun Hand.walkAbout(satellites: Told) {
    until("the track runs") { satellites.hear != null }
    val now = System.nanoTime() / 1_000_000
    val fixes = List(20) { Fix(now - (20 - it) * 500, 36.617 + it * 1e-5, 101.778, 5f, FixProvider.GNSS, false) }
    satellites.hear?.invoke(Heard.Fixes(fixes))
    tap("back")
    tap("to-track")
    sees("围栏内")
    tap("task")
    seesTag("step")
}

/** a value out of its limit proposes at once, and a fault needs words and a photo. */
private fun Hand.outOfLimits() {
    opensText(ITEM, "hours")
    type("hours", "2.5")
    sees("超出")
    tap("level=normal")
    tap("grade=correct")
    type("fault", WRONG)
    tap("photo")
    ready("shoot")
    tap("shoot")
    tap("use-photo")
    scroll("photo-row")
    finds(WRONG)
    ready("save")
    tap("save")
    gone("save")
}

/** The app is opened again: what was recorded is there, and what was typed, and the track is listened to. */
fun Hand.afterTheKill(satellites: Told) {
    seesTag("task")
    until("the track is listened to again") { satellites.hear != null }
    tap("task")
    opens("part-LEAVING", "leaving-reason")
    finds(DOUBT)
    tap("back")
    finds("不符合")
    opensText(ITEM, "fault")
    finds(WRONG)
    tap("back")
    conforming()
    practice()
    photograph("selfie")
    ready("submit")
    tap("submit")
    tap("submit-sure")
    sees("待审核")
    sees("条待上传")
    tap("back")
    tap("bar-Settings")
    closed("sign-out")
    finds("还没有安全保存")
}

private fun Hand.conforming() {
    opensText(ALARM_ITEM, "value=normal")
    finds(PLACE)
    ready("save")
    tap("save")
    gone("save")
}

/** the controller with its panel, the alarm system isolated and back in automatic, the witness. */
private fun Hand.practice() {
    opens("part-CONTROLLER", "brand")
    type("brand", BRAND)
    tap("keep-brand")
    sees(BRAND)
    photograph("panel")
    tap("back")
    opens("part-RESTORE", "told-FIRE_ALARM")
    type("told-FIRE_ALARM", TOLD)
    tap("isolate-FIRE_ALARM")
    finds(TOLD)
    type("restored-FIRE_ALARM", OPERATOR)
    photograph("put-back-FIRE_ALARM")
    scroll("photo-row")
    tap("back")
    // the project asks for the owner's witness, who signs with a finger.
    opens("part-WITNESS", "signature")
    type("witness-name", WITNESS)
    type("witness-role", "安全主管")
    sign("signature")
    tap("witness-keep")
    gone("witness-keep")
    finds(WITNESS)
    tap("back")
}

private fun Hand.photograph(tag: String) {
    opens(tag, "shoot")
    ready("shoot")
    tap("shoot")
    tap("use-photo")
    gone("use-photo")
}

/** Everything is sent by a tap on the status line. */
fun Hand.send() {
    tap("quiet")
    tap("send-now")
    sees("全部已上传")
    tap("back")
}

/** the rejection arrives with its words; the answer is mended and handed in again. */
fun Hand.mend() {
    send()
    finds(REJECTION)
    opensText(REJECTION, "part-CONTROLLER")
    opensText(ITEM, "fault")
    type("fault", MENDED)
    ready("save")
    tap("save")
    gone("save")
    ready("submit")
    tap("submit")
    tap("submit-sure")
    sees("待审核")
    tap("back")
    send()
}

/** the dispatch is taken on, begun and finished with words and a photo; then nothing holds the account here. */
fun Hand.dispatched() {
    send()
    tap("dispatch")
    finds(PLAN)
    tap("receive")
    tap("begin")
    type("details", DONE)
    tap("photo")
    tap("shoot")
    scroll("photo")
    tap("resolved")
    tapIfSeen("resolved-sure")
    finds(DONE)
    tap("back")
    send()
}

/** a task that cannot be ended today is given to a colleague, with its reason. */
fun Hand.handOver(to: String) {
    tapText(GIVEN)
    ready("start")
    tap("start")
    opens("part-LEAVING", "receiver=$to")
    tap("receiver=$to")
    type("leaving-reason", REASON)
    tap("hand-over")
    tap("hand-over-sure")
    // The reason stands in its field until the task is given.
    gone("leaving-reason")
    finds(REASON)
    send()
}

/** Nothing holds the account here any more. */
fun Hand.signOut() {
    tap("bar-Settings")
    scroll("sign-out")
    ready("sign-out")
    tap("sign-out")
    tap("sign-out-sure")
    seesTag("login")
}

/** The colleague goes on with the task on a phone of its own: what was done before is there, and the first answer is added. */
fun Hand.takeUp(url: String) {
    type("server", url)
    tap("server-chosen")
    signInForTheFirstTime("operator-2")
    sees("始终允许定位")
    repeat(4) { tap("allow") }
    tap("task")
    opensText(GIVEN, "verdict=CONFORM")
    tap("verdict=UNTESTABLE")
    type("reason", CLOSED)
    ready("save")
    tap("save")
    gone("save")
    finds("不能测试")
    tap("back")
    send()
}

/** Who gave the task away is told so until the colleague has gone on with it. */
fun Hand.takenUp() {
    send()
    gone("handed")
}
