plan-title = Plan
plan-new = New plan
plan-new-lead = The plan holds every test item of the project's ticked facilities for the period. Its name is made for you.
plan-nature = Nature
plan-month = The month it is for
plan-create = Make the plan
plan-issue = Issue items
plan-all =
    { $count ->
        [one] all, { $count } item
       *[other] all { $count } items
    }
plan-some = Choose among the items
plan-chosen = { $count } chosen
plan-executor = Executor
plan-executor-choose = Please choose
plan-issue-button = Issue
plan-ignore = Leave the chosen items out (ignore)
plan-ignore-lead = Ignored items are not issued, and the report states the reason. They can be restored until the report is made.
plan-ignore-reason = Reason for leaving them out
plan-ignore-button = Ignore the chosen items
plan-issued = Issued
plan-outside =
    { $count ->
        [one] { $count } task outside the plan in this period: it does not count for the plan, and makes no report alone
       *[other] { $count } tasks outside the plan in this period: they do not count for the plan, and make no report alone
    }
plan-ignored = Ignored
plan-restore = Restore the chosen items
plan-item = Item
plan-facility = Facility
plan-done-made = The plan is made. Choose items and issue them.
plan-done-issued = Issued. The executor's phone gets it when it is next online.
plan-done-ignored = The chosen items are left out.
plan-done-restored = The chosen items are in again.
plan-meant = Day and place
plan-schedule = Set day and place of the chosen items
plan-schedule-lead = The day lies within the plan's period. Leave both empty to clear them; the executor's phone learns of items that are issued.
plan-schedule-day = Planned day
plan-schedule-place = Place
plan-schedule-button = Save day and place
plan-recall = Take the chosen items back
plan-recall-lead = Items that nobody has started can be taken back and issued to somebody else.
plan-delete = Delete the plan
plan-delete-lead = This cannot be undone, and the plan leaves the executors' phones. The same period can then be planned again.
plan-delete-button = Delete for good
plan-done-recalled = Taken back. The executor's phone learns of it when it is next online.
plan-done-scheduled = Day and place are saved.
plan-done-deleted = The plan is deleted.
plan-none = There is no plan that you may read.
plan-period = For
plan-to-issue = To issue
plan-recall-all =
    { $count ->
        [one] Take it back
       *[other] Take all { $count } back
    }
plan-restore-all =
    { $count ->
        [one] Restore it
       *[other] Restore all { $count }
    }
