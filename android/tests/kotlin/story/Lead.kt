package firebee.phones

import firebee.walk.PASSWORD
import java.time.YearMonth
import java.time.ZoneOffset

internal const val REJECTION = "请写明油位计的情况"
internal const val OPINION = "同意，请尽快补油"
internal const val MEASURES = "每两小时巡查一次，备用移动照明"
internal const val CONFIRMED_BY = "王建军经理"
internal const val PLAN = "补充燃油并更换油位计"

/** The first look: what is on the photo is fetched while there is a network; the rest needs none. */
fun Hand.rejectOffline(url: String, cut: () -> Unit, mend: () -> Unit) {
    type("server", url)
    tap("server-chosen")
    type("login", "lead")
    type("password", "$PASSWORD-2")
    tap("sign-in")
    sees("始终允许定位")
    repeat(4) { tap("not-now") }
    openReview(WRONG)
    tap("photo-row")
    seesTag("picture")
    tap("back")
    cut()
    closed("approve")
    type("opinion", REJECTION)
    ready("reject")
    tap("reject")
    tapIfSeen("reject-sure")
    gone("approve")
    finds(REJECTION)
    mend()
    send()
}

/** The second round: the fault goes to somebody who repairs it, and the round is approved, all without a network. */
fun Hand.approveOffline(cut: () -> Unit, mend: () -> Unit) {
    send()
    openReview(MENDED)
    cut()
    tap("way=OWNER_AGREED")
    tap("team-lead=$OPERATOR")
    type("repair-plan", PLAN)
    tap("handle")
    gone("handle")
    type("opinion", OPINION)
    ready("approve")
    tap("approve")
    tapIfSeen("approve-sure")
    gone("approve", "approve-sure")
    sees("审核通过")
    mend()
    send()
}

/** the approved task is found by its state and its month, and the record of its fault is completed. */
fun Hand.recordFault() {
    send()
    tap("bar-Search")
    tap("whose=ALL")
    tap("state=审核不通过")
    gone("task")
    tap("state=审核通过")
    val now = YearMonth.now(ZoneOffset.ofHours(8))
    tap("month=${now.year}年${now.monthValue}月")
    tap("task")
    opens("record-fault", "measures")
    tap("stopped=false")
    tap("told=true")
    type("measures", MEASURES)
    type("confirmed-by", CONFIRMED_BY)
    tap("keep-record")
    gone("keep-record")
    finds(MEASURES)
    finds(CONFIRMED_BY)
    tap("back")
    send()
}

private fun Hand.openReview(fault: String) {
    seesTag("waiting")
    tap("waiting")
    tap("task")
    finds(fault)
}
