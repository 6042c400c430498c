task-list = Tasks
task-name = Task
task-all = Show all tasks
task-every-state = All
task-everywhere = Show every project
task-none = There are no tasks.
task-submitted = Submitted
task-not-yet = Not yet
task-faults-unhandled =
    { $count ->
        [one] { $count } fault not handled
       *[other] { $count } faults not handled
    }
task-files-coming =
    { $count ->
        [one] { $count } file to come
       *[other] { $count } files to come
    }
task-round = Round
task-controller = Controller brand
task-controller-none = None (no alarm system on site)
task-helpers = Helpers
task-instruments = Instruments
task-next-executing = The executor is at work: { $done } of { $total } items have a result. It can be reviewed once it is submitted.
task-next-rejected = Rejected. The executor mends it and submits it again.
task-next-approved = Approved. It cannot be changed any more.
task-next-discarded = The executor has deleted this task and its items are back in the plan. Everything received is kept.
task-next-faults =
    { $count ->
        [one] { $count } fault is
       *[other] { $count } faults are
    } not handled. Approval waits for that; a rejection does not.
task-next-faults-link = Handle the faults
task-next-evidence =
    { $count ->
        [one] { $count } file has
       *[other] { $count } files have
    } not arrived. Approval waits for that; a rejection does not.
task-next-review = Faults are handled and every file has arrived: ready to review.
task-next-review-link = Review
task-next-waits = Waiting for { $name } to review it.
task-evidence = Evidence
task-evidence-count = { $verified } of { $total } files on the server
task-evidence-none = This task has neither photos nor track files.
task-evidence-all = Every file has arrived and its hash was checked.
task-evidence-coming = Still missing:
task-missing-small =
    { $count ->
        [one] the preview of { $count } photo
       *[other] the previews of { $count } photos
    }
task-missing-originals =
    { $count ->
        [one] the original of { $count } photo
       *[other] the originals of { $count } photos
    }
task-missing-track =
    { $count ->
        [one] { $count } piece of the track
       *[other] { $count } pieces of the track
    }
task-items = Items
task-result-none = No result yet.
task-result-old =
    { $count ->
        [one] { $count } corrected result
       *[other] { $count } corrected results
    }
task-result-untestable = Why it could not be tested: { $reason }
task-result-fault = What is wrong: { $text }
task-result-override = The values proposed “{ $proposed }”, the executor decided “{ $verdict }”. Reason: { $reason }
task-result-flagged = This result says that it corrects another one, which the server has not received.
task-pictures = Pictures
task-pictures-none = No further pictures. Those of the items stand with the items.
task-pictures-lead = Thumbnails and previews are made by the phone; the original is the file as the camera made it.
task-picture-coming = Not received yet
task-picture-original = Original
task-picture-withdrawn = Withdrawn by its author, does not count
task-exif-place = own place { $lat }, { $lon }
task-exif-taken = own time { $time }
task-faults = Faults
task-fault-handle = Handle this fault
task-fault-again = Choose another way
task-fault-way = Way
task-fault-explanation = Explanation
task-fault-explanation-hint = Required when the owner refuses the repair and when it is out of the contract's scope.
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
task-track-pieces =
    { $here } of { $total ->
        [one] { $total } piece
       *[other] { $total } pieces
    } of the track have arrived.
task-track-label = Drawing of the track, fence of radius { $radius } m, north is up
task-track-fence = Fence, radius { $radius } m
task-track-start = Start
task-track-end = End
task-track-scale = { $metres } m
task-track-gaps = Times that are not recorded
task-track-gap-from = From
task-track-gap-to = To
task-track-gap-length = Length
task-track-gap-cause = Likely cause
task-times = Times and review log
task-times-lead = The server works the times out, and says of each how sure it is. The phone's own clock is shown only.
task-time-started = Task started
task-time-described = Task described
task-time-first-result = First result
task-time-last-result = Last result
task-time-submitted = Submitted, round { $round }
task-time-approved = Approved by { $name }, round { $round }
task-time-rejected = Rejected by { $name }, round { $round }
task-done-fault = The handling is saved.
task-done-approved = Approved.
task-done-rejected = Rejected. The executor reads your opinion on the phone.
