task-list = Tasks
task-name = Task
task-all = Show all tasks
task-none = There are no tasks.
task-footing = Stands on
task-footing-gone = The plan that it stood on when it began was deleted. The task goes on, and what is recorded counts
task-submitted = Submitted
task-kind = Kind
task-outside-plan = Outside the plan. It only adds to the planned tests, and makes no report alone.
task-not-yet = Not yet
task-next-faults-link = Handle the faults
task-next-review-link = Review
task-evidence = Evidence
task-items = Items
task-result-none = No result yet.
task-result-flagged = This result says that it corrects another one, which the server has not received.
task-result-differs = The phone wrote another { $parts } than the catalogue. This page shows the catalogue's; the phone's words stay in the original record.
task-result-design = A value or the variant is not what the project's design says. The result is judged by what was entered on site.
task-differs-name = item name
task-differs-criterion = criterion
task-differs-proposal = proposed verdict
task-differs-record = measured record
task-notes-lead = What the executor's phone noted about itself during this task. It changes nothing; consider it at the review.
task-pictures = Pictures
task-pictures-none = No further pictures. Those of the items stand with the items.
task-pictures-lead = Thumbnails and previews are made by the phone; the original is the file as the camera made it.
task-practice = Practice on site
task-hand-over = Hand the task over
task-hand-over-lead = The person chosen goes on with the task; what was recorded stays with its author. What the present executor records later is kept and does not count.
task-hand-over-to = Hand over to
task-hand-over-button = Hand over
task-done-handed-over = The task was handed over.
task-witness-no-picture = The picture of the signature has not arrived, or is not open to you.
task-picture-coming = Not received yet
task-picture-original = Original
task-picture-withdrawn = Withdrawn by its author, does not count
task-faults = Faults
task-fault-handle = Handle this fault
task-fault-again = Choose another way
task-fault-way = Way
task-fault-explanation = Explanation
task-fault-explanation-hint = Required when the owner refuses the repair and when it is out of the contract's scope.
task-fault-team-lead = Team lead
task-fault-team-lead-none = Send nobody
task-fault-team-lead-hint = Troubleshooting and a repair need a team lead, who is told once the dispatch is issued or the task is approved.
task-fault-plan = Repair plan (required when the owner agrees to the repair)
task-fault-save = Save
task-review = Review
task-review-decision = Decision
task-review-approve = Approve
task-review-reject = Reject
task-review-opinion = Opinion
task-review-opinion-hint = A rejection must say what to mend; the executor reads it on the phone.
task-review-submit = Submit the review
task-track = Track
task-track-inside = Inside the fence
task-track-outside = Outside
task-track-not-recorded = Not recorded
task-track-not-judged = The track has not arrived completely. Then it is compared with the fence.
task-track-start = Start
task-track-end = End
task-track-gaps = Times that are not recorded
task-track-gap-from = From
task-track-gap-to = To
task-track-gap-length = Length
task-track-gap-cause = Likely cause
task-times = Times and review log
task-times-lead = The server works the times out, and says of each how sure it is. The phone's own clock is shown only.
task-done-fault = The handling is saved.
task-done-approved = Approved.
task-done-rejected = Rejected. The executor reads your opinion on the phone.
task-files = Attachments
task-files-hint = Pictures or PDF files, at most 8, each at most 10 MiB.
task-files-brought = { $count -> 
    [one] One attachment is here already. You need not choose it again.
   *[other] { $count } attachments are here already. You need not choose them again.
}
task-record = Record of the fault (GB 25201)
task-record-complete = Complete the record
task-record-history = How the record came about
task-record-lead = It can be completed also after the task is approved. What is left out stays; what was said before stays in the history.
task-record-save = Save the record
task-record-said = { $what }: { $value }
task-done-record = The record of the fault is saved.
task-record-open = Not said
task-record-confirmed-by = Removal confirmed by
task-record-confirmed-at = Removal confirmed at
task-delete = Delete the task
task-delete-lead = The items go back to “issued, not executed”, and their executor can start a new task with them. What was recorded is kept. What the phone has recorded and not sent yet is kept when it arrives, and does not count.
task-delete-reason = Reason, as the executor’s phone shows it
task-delete-button = Delete the task
task-done-deleted = The task is deleted and its items are free again.
task-reviewer = Reviewer
task-month = Month of start
task-time-taken-back = The approval was taken back (operation change approved by the fire service); it waits for review again
task-conforming =
    { $count ->
        [one] { $count } item conforms, with nothing to look at twice
       *[other] { $count } items conform, with nothing to look at twice
    }
task-next-in-queue =
    { $count ->
        [one] Next review (the last one)
       *[other] Next review ({ $count } wait)
    }
task-keys = Keys: J and K go to the next and the last item, O unfolds what conforms, A chooses to approve, R to reject, N opens the next review. None of them sends anything.
task-ways = Actions
task-submitted-from = Submitted from
task-submitted-to = Submitted up to
task-line-confirmed = Confirmed
task-line-open = Not confirmed yet
