plan-title = Plan
plan-new = New plan
plan-new-lead = The plan holds every test item of the project's ticked facilities for the period. Its name is made for you.
plan-nature = Nature
plan-month = The month it is for
plan-create = Make the plan
plan-counts = { $completed } completed, { $open } not completed, { $left } to issue
plan-deadline = Due { $date }, { $left }
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
plan-lead = Project lead: { $name }. Further batches may go to other people.
plan-issue-button = Issue
plan-ignore = Leave the chosen items out (ignore)
plan-ignore-lead = Ignored items are not issued, and the report states the reason. They can be restored at any time.
plan-ignore-reason = Reason for leaving them out
plan-ignore-button = Ignore the chosen items
plan-issued = Issued
plan-ignored = Ignored
plan-restore = Restore the chosen items
plan-item = Item
plan-item-count =
    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
plan-facility = Facility
plan-done-made = The plan is made. Choose items and issue them.
plan-done-issued = Issued. The executor's phone gets it when it is next online.
plan-done-ignored = The chosen items are left out.
plan-done-restored = The chosen items are in again.
