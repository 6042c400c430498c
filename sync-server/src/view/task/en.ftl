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
task-due = Due by
task-in-time = In time
task-controller = Controller brand
task-controller-none = None (no alarm system on site)
task-helpers = Helpers
task-instruments = Instruments
task-instrument-unknown = The firm's list has no instrument of the number { $number }.
task-isolated-told = { $name } was told before the test
task-not-isolated = nothing says that the control room was told before the test
task-restored-by = { $name } set it back to automatic
task-not-restored = not confirmed to be back in automatic
task-needs-two = A test of the task needs two persons, and nobody else is named as present.
task-witness-missing = The project asks for the signature of the owner's witness, and there is none yet.
task-witnessed = Owner's witness: { $name } ({ $role }), { $when }
task-time-handed-over = { $by } handed the task from { $from } to { $to }
task-next-executing =
    The executor is at work: { $total ->
        [one] { $done } of { $total } item has a result
       *[other] { $done } of { $total } items have a result
    }. It can be reviewed once it is submitted.
task-next-rejected = Rejected. The executor mends it and submits it again.
task-next-approved = Approved. It cannot be changed any more.
task-next-discarded = The executor has deleted this task and its items are back in the plan. Everything received is kept.
task-next-deleted = { $name } has deleted this task: “{ $reason }”. Its items are issued and not executed again. Everything received is kept; what the phone still sends is kept too and does not count.
task-next-faults =
    { $count ->
        [one] { $count } fault is
       *[other] { $count } faults are
    } not handled. Approval waits for that; a rejection does not.
task-next-evidence =
    { $count ->
        [one] { $count } file has
       *[other] { $count } files have
    } not arrived. Approval waits for that; a rejection does not.
task-next-not-pictures =
    { $count ->
        [one] { $count } file of a photo is no picture and never counts
       *[other] { $count } files of photos are no pictures and never count
    }. Reject the task, so that the executor withdraws the photo and takes it again.
task-next-review = Faults are handled and every file has arrived: ready to review.
task-next-waits = Waiting for { $name } to review it.
task-evidence-count =
    { $total ->
        [one] { $verified } of { $total } file
       *[other] { $verified } of { $total } files
    } verified by the server
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
task-result-each = Measured at each instance
task-result-old =
    { $count ->
        [one] { $count } corrected result
       *[other] { $count } corrected results
    }
task-result-untestable = Why it could not be tested: { $reason }
task-result-fault = What is wrong: { $text }
task-result-override = The values proposed “{ $proposed }”, the executor decided “{ $verdict }”. Reason: { $reason }
task-exif-place = own place { $lat }, { $lon }
task-exif-taken = own time { $time }
task-track-pieces =
    { $here } of { $total ->
        [one] { $total } piece
       *[other] { $total } pieces
    } of the track have arrived.
task-track-label = Drawing of the track, fence of radius { $radius } m, north is up
task-track-fence = Fence, radius { $radius } m
task-track-scale = { $metres } m
task-time-started = Task started
task-time-described = Task described
task-time-first-result = First result
task-time-last-result = Last result
task-time-submitted = Submitted, round { $round }
task-time-approved = Approved by { $name }, round { $round }
task-time-rejected = Rejected by { $name }, round { $round }
task-fault-sent = Team lead: { $name }
task-time-discarded = Deleted by { $name }
task-attachment = Attachment { $number } ({ $what })
task-attachment-coming = Attachment { $number }, not received yet
task-record-stopped = System stopped
task-record-told = Fire brigade told
task-record-measures = Protective measures
task-record-opinion = Opinion of the owner’s manager
task-record-removal = Removal confirmed
task-record-yes = Yes
task-record-no = No
task-record-removed = { $name } · { $when }
task-way-look = Look
task-way-log = Review log
task-way-delete = Delete
