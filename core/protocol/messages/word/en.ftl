# The words that phone, console and report share.

word-verdict-conform = conform
word-verdict-nonconform = nonconform
word-verdict-untestable = untestable
word-review-pending = pending review
word-review-approved = approved
word-review-rejected = rejected
word-task-executing = running
word-submitted-in-time = handed in in time
word-submitted-late = handed in late
word-submitted-not-provable = not provable in time
word-submitted-by-proof = Judged by what can be proved.
word-submitted-by-phone-clock = Judged by the running clock of the phone.
word-submitted-by-receipt = Judged by when the server received it.
word-task-discarded = discarded
word-task-planned = planned test
word-task-supplementary = supplementary test
word-task-mismatch = facility that the test standard lacks
word-task-request = repair request of the owner
word-task-in-plan = in the plan
word-task-outside-plan = outside the plan
word-plan-month = monthly
word-plan-quarter = quarterly
word-plan-year = yearly
word-plan-not-issued = not issued
word-plan-issued = issued
word-item-not-executed = not executed
word-item-ignored = ignored
word-fault-unhandled = unhandled
word-fault-withdrawn = withdrawn
word-fault-resolving = resolving
word-fault-resolved = resolved
word-fault-owner-refused = owner refuses repair
word-fault-out-of-scope = out of contract scope
word-fault-negotiating = negotiating with owner
word-dispatch-to-issue = to be issued
word-dispatch-issued = issued
word-dispatch-received = received
word-dispatch-executing = executing
word-dispatch-unresolved = unresolved
word-dispatch-cancelled = cancelled
word-dispatch-repair = repair
word-step-made = made, to be issued
word-step-issued = issued
word-step-reassigned = another team lead
word-step-received = received
word-step-started = work begun
word-step-resolved = finished, resolved
word-step-unresolved = finished, unresolved
word-step-changed = found otherwise
word-before = Before: { $told }
word-track-covered = inside the fence
word-track-not-covered = not inside the fence
word-track-not-recorded = not recorded
word-fact-pending = pending
word-fact-sent = sent
word-fact-acked = received
word-fact-durable = durable
word-fact-round = Submission { $round }
word-fact-parked = received, not counted
word-role-field-operator = field operator
word-role-project-lead = project lead
word-role-company-manager = company manager
word-role-technical-director = technical director
word-role-regulator = regulator
word-role-owner-contact = owner contact
word-photo-selfie = submitter's selfie
word-photo-evidence = evidence
word-photo-panel = panel
word-photo-paper = paper record
word-photo-restored = back in automatic
word-photo-outside = site from outside

word-isolable-fire-alarm = fire alarm
word-isolable-fire-pumps = fire pumps and water supply
word-isolable-sprinkler = sprinkler system
word-isolable-water-spray = water spray, water mist, foam and fire monitors
word-isolable-gas = gas, powder and similar extinguishing systems
word-isolable-smoke-control = smoke control
word-isolable-shutters = fire shutters
word-isolable-broadcast = emergency broadcast
word-isolable-lifts = firefighting lifts
word-certificate-engineer = registered fire engineer's certificate
word-certificate-operator = facility operator's certificate
word-certificate-fire-guard = fire guard's certificate
word-certificate-ended = The { $certificate } of { $name } ended on { $day }.
word-certificate-ending =
    { $count ->
        [one] The { $certificate } of { $name } ends on { $day }, in { $count } day.
       *[other] The { $certificate } of { $name } ends on { $day }, in { $count } days.
    }
word-instrument-expired = The calibration of the instrument { $number } ({ $kind }) ended on { $day }.
word-calibration-valid = calibration valid
word-calibration-expired = calibration expired
word-plan-name-month = Maintenance plan { $year }-{ $month }
word-plan-name-quarter = Maintenance plan { $year } quarter { $quarter }
word-plan-name-year = Maintenance plan { $year }
word-plan-name-completion-inspection = Completion inspection plan { $year }-{ $month }
word-plan-name-annual-inspection = Annual inspection plan { $year }-{ $month }
word-plan-name-special-inspection = Special inspection plan { $year }-{ $month }
word-plan-name-safety-evaluation = Safety evaluation plan { $year }-{ $month }

word-comma = { ", " }
word-track-replayed = Replayed from a file
word-plan-partly-issued = Partly issued
word-plan-completed = Completed
word-project-active = Running
word-project-completed = Ended
word-project-terminated = Terminated
word-contract-maintenance = Maintenance
word-contract-completion-inspection = Completion inspection
word-contract-annual-inspection = Annual inspection
word-contract-special-inspection = Special inspection
word-contract-safety-evaluation = Safety evaluation
word-missing-buildings = buildings
word-missing-systems = fire protection systems
word-missing-jurisdiction = jurisdiction
word-missing-location = location
word-missing-lead = project lead
word-way-troubleshoot = Troubleshoot
word-way-owner-agreed = Owner agrees to the repair
word-cause-unknown = unknown
word-cause-stopped = stopped by the executor
word-cause-permission = no location permission
word-cause-killed = the system ended the app
word-cause-off = location was off
word-cause-no-signal = no satellites
word-cause-battery = battery saver
word-cause-reboot = phone restarted or off
word-cause-disk = phone storage full
word-cause-accuracy = position too inaccurate
word-cause-mock = mock location
word-cause-not-gnss = not from satellites
word-record-other = Other record
word-time-today = today { $time }
word-time-yesterday = yesterday { $time }
word-time-between = between { $from } and { $to }
word-time-until = not after { $to }
word-time-date =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
word-time-day =
    { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
word-time-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
word-time-minutes = { $minutes } min
word-time-days-left =
    { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }
word-time-last-day = today is the last day
word-time-over = past
word-sure-server = The server's time.
word-sure-proved =
    Proved to within { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }.
word-sure-about =
    Proved to within { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.
word-sure-between = Proved only to lie between { $from } and { $to }.
word-sure-before = Proved only to be no later than { $to }.
word-sure-not = The phone's own time, not proved.
word-stated-seconds =
    The phone's running clock says so, within { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }.
word-stated-minutes =
    The phone's running clock says so, within { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.
word-stated-between = By the order of the phone's records, between { $from } and { $to }.
word-sure-contradiction = The sources of this time contradict each other.
word-time-sure = { $time } ({ $sure })
word-sure-skew = The phone's clock showed { $time }.
word-doubt-no-exif = The file holds no data of a camera.
word-doubt-edited = The file was written by a program for changing pictures: { $software }.
word-doubt-before-task = By its own time it was taken before the task began.
word-doubt-before-dispatch = By its own time it was taken before the work was given out.
word-doubt-said-otherwise = The phone said otherwise than the file about time, place, camera or program. The file counts.
word-doubt-other-date = Its own date lies years away from when it was taken in.
word-doubt-far-away = By its own data it was taken { $metres } m outside the fence.
word-doubt-again = The same picture is also used in this task as: { $place }
word-doubt-elsewhere = The same picture is also used in the task “{ $task }”
word-track-jumps = Jumps of the position: { $count }, up to { $metres } m
word-moved-from = Moved here from { $place }
word-moved-to = Moved to { $place }
word-moved-elsewhere = another task
word-moved-spot = { $item }{ $place }
word-contract-running = running
word-contract-completed = completed
word-contract-terminated = terminated
word-contract-cancelled = cancelled
word-pause-pending = waiting
word-pause-approved = approved
word-pause-rejected = rejected
word-pause-withdrawn = withdrawn
