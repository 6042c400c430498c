# Pages of the console.
## Frame

console-title = Firebee console
console-language = English
console-skip = Skip to the content
console-nav = Main navigation
console-home = To do
console-tasks = Tasks
console-projects = Projects
console-account = Me
console-comma = { ", " }
console-not-found = There is no such page
console-refused = Not done
console-to-home = Back to what needs me

## Signing in, passwords

console-sign-in = Sign in
console-sign-in-lead = For company managers, project leads and technical directors. Field operators use the app.
console-sign-in-wait =
    The password was wrong several times. Wait { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    } and try again.
console-sign-in-disabled = This account is disabled. Ask a company manager to enable it.
console-sign-out = Sign out
console-login = Account
console-password = Password
console-password-change = Change password
console-password-forced = Somebody gave you this password. Before you go on, choose one that only you know.
console-password-rule = At least 8 characters, and not a common one. Other browsers that are signed in will be signed out.
console-password-old = Present password
console-password-new = New password
console-password-again = New password again
console-password-save = Save the new password
console-name = Name
console-role = Role
console-organisation = Organisation

## What needs me

console-home-nothing = Nothing needs you now.
console-home-summary =
    { $count ->
        [one] { $count } thing needs you.
       *[other] { $count } things need you.
    }
console-home-review = Waiting for review
console-home-review-none = No task waits for review. It appears here when a phone submits it.
console-home-faults = Faults to handle
console-home-plans = Plans to make or issue
console-home-plans-none = This month's plans are made and issued.
console-home-parked = Received, not counted
console-home-phones = Phones not heard of for long
console-home-phones-none = Every phone has sent everything, or was heard within a day.
console-tile-review = to review
console-tile-faults = faults to handle
console-tile-plans = plans to do
console-tile-parked = not counted
console-tile-phones = silent phones
console-faults-unhandled =
    { $count ->
        [one] { $count } fault not handled
       *[other] { $count } faults not handled
    }
console-files-coming =
    { $count ->
        [one] { $count } file to come
       *[other] { $count } files to come
    }
console-phone-unsent =
    Not sent yet: { $facts ->
        [one] { $facts } record
       *[other] { $facts } records
    }, { $blobs ->
        [one] { $blobs } file
       *[other] { $blobs } files
    }.
console-phone-seen = Last heard

## Received, not counted

console-parked-lead = The server keeps these records as they are but does not count them, for the reason given. Nothing is lost, and the author's phone shows the reason too.
console-parked-all = Show all
console-parked-none = Every record counts.
console-fact-started = Task started
console-fact-described = Task described
console-fact-submitted = Task submitted
console-fact-discarded = Task discarded
console-fact-result = Test result
console-fact-photo = Photo
console-fact-photo-withdrawn = Photo withdrawn
console-fact-track = Track
console-fact-review = Review
console-fact-fault = Fault handled
console-fact-other = Other record

## Projects

console-project = Project
console-projects-none = There is no project that you may see.
console-project-active = Running
console-project-completed = Ended
console-project-terminated = Terminated
console-owner = Owner
console-lead = Project lead
console-state = State
console-about = About
console-address = Address
console-period = Service period
console-period-value = { $from } to { $to }
console-fence = Fence
console-fence-none = The location is not marked yet
console-fence-value = Radius { $radius } m around { $lat }, { $lon } ({ $datum })
console-buildings = Buildings
console-buildings-none = No building is entered yet.
console-building-value = { $area } m², { $above } floors above and { $below } below ground, { $height } m high
console-systems = Fire protection systems
console-systems-none = No facility is ticked yet.
console-kind-maintenance = Maintenance
console-kind-completion-inspection = Completion inspection
console-kind-annual-inspection = Annual inspection
console-kind-special-inspection = Special inspection
console-kind-safety-evaluation = Safety evaluation
console-missing-buildings = buildings
console-missing-systems = fire protection systems
console-missing-jurisdiction = jurisdiction
console-missing-location = location
console-missing-lead = project lead

## Plans

console-plan = Plan
console-plans = Plans
console-plans-none = There is no plan yet.
console-executor = Executor
console-executors = Executors
console-completed = Completed
console-not-completed = Not completed
console-created = Created
console-plan-new = New plan
console-plan-new-lead = The plan holds every test item of the project's ticked facilities for the period. Its name is made for you.
console-plan-nature = Nature
console-plan-month = The month it is for
console-plan-create = Make the plan
console-plan-partly = Partly issued
console-plan-completed = Completed
console-plan-missing = No plan for { $month }
console-plan-to-issue =
    { $count ->
        [one] { $count } item to issue
       *[other] { $count } items to issue
    }
console-plan-counts = { $completed } completed, { $open } not completed, { $left } to issue
console-plan-deadline = Due { $date }, { $left }
console-plan-issue = Issue items
console-plan-all =
    { $count ->
        [one] all, { $count } item
       *[other] all { $count } items
    }
console-plan-some = Choose among the items
console-plan-chosen = { $count } chosen
console-plan-executor = Executor
console-plan-executor-choose = Please choose
console-plan-lead = Project lead: { $name }. Further batches may go to other people.
console-plan-issue-button = Issue
console-plan-ignore = Leave the chosen items out (ignore)
console-plan-ignore-lead = Ignored items are not issued, and the report states the reason. They can be restored at any time.
console-plan-ignore-reason = Reason for leaving them out
console-plan-ignore-button = Ignore the chosen items
console-plan-issued = Issued
console-plan-ignored = Ignored
console-plan-restore = Restore the chosen items
console-item = Item
console-item-count =
    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
console-facility = Facility

## Tasks

console-task = Task
console-tasks-all = Show all tasks
console-tasks-every = All
console-tasks-everywhere = Show every project
console-tasks-none = There are no tasks.
console-filter = Filter by state
console-submitted = Submitted
console-not-yet = Not yet
console-page = Page { $page }
console-newer = Newer
console-older = Older
console-round = Round
console-controller = Controller brand
console-controller-none = None (no alarm system on site)
console-helpers = Helpers
console-instruments = Instruments
console-next-executing = The executor is at work: { $done } of { $total } items have a result. It can be reviewed once it is submitted.
console-next-rejected = Rejected. The executor mends it and submits it again.
console-next-approved = Approved. It cannot be changed any more.
console-next-discarded = The executor has deleted this task and its items are back in the plan. Everything received is kept.
console-next-faults =
    { $count ->
        [one] { $count } fault is
       *[other] { $count } faults are
    } not handled. Approval waits for that; a rejection does not.
console-next-faults-link = Handle the faults
console-next-evidence =
    { $count ->
        [one] { $count } file has
       *[other] { $count } files have
    } not arrived. Approval waits for that; a rejection does not.
console-next-review = Faults are handled and every file has arrived: ready to review.
console-next-review-link = Review
console-next-waits = Waiting for { $name } to review it.
console-evidence = Evidence
console-evidence-count = { $verified } of { $total } files on the server
console-evidence-none = This task has neither photos nor track files.
console-evidence-all = Every file has arrived and its hash was checked.
console-evidence-coming = Still missing:
console-missing-small =
    { $count ->
        [one] the preview of { $count } photo
       *[other] the previews of { $count } photos
    }
console-missing-originals =
    { $count ->
        [one] the original of { $count } photo
       *[other] the originals of { $count } photos
    }
console-missing-track =
    { $count ->
        [one] { $count } piece of the track
       *[other] { $count } pieces of the track
    }
console-items = Items
console-result-none = No result yet.
console-result-old =
    { $count ->
        [one] { $count } corrected result
       *[other] { $count } corrected results
    }
console-result-untestable = Why it could not be tested: { $reason }
console-result-fault = What is wrong: { $text }
console-result-override = The values proposed “{ $proposed }”, the executor decided “{ $verdict }”. Reason: { $reason }
console-result-flagged = This result says that it corrects another one, which the server has not received.
console-pictures = Pictures
console-pictures-none = No further pictures. Those of the items stand with the items.
console-pictures-lead = Thumbnails and previews are made by the phone; the original is the file as the camera made it.
console-picture-coming = Not received yet
console-picture-original = Original
console-picture-withdrawn = Withdrawn by its author, does not count
console-exif-place = own place { $lat }, { $lon }
console-exif-taken = own time { $time }

## Faults

console-faults = Faults
console-fault-handle = Handle this fault
console-fault-again = Choose another way
console-fault-way = Way
console-fault-explanation = Explanation
console-fault-explanation-hint = Required when the owner refuses the repair and when it is out of the contract's scope.
console-fault-save = Save
console-way-troubleshoot = Troubleshoot
console-way-owner-agreed = Owner agrees to the repair

## Review

console-review = Review
console-review-decision = Decision
console-review-approve = Approve
console-review-reject = Reject
console-review-opinion = Opinion
console-review-opinion-hint = A rejection must say what to mend; the executor reads it on the phone.
console-review-submit = Submit the review

## Track

console-track = Track
console-track-inside = Inside the fence
console-track-outside = Outside
console-track-not-recorded = Not recorded
console-track-not-judged = The track has not arrived completely. Then it is compared with the fence.
console-track-pieces =
    { $here } of { $total ->
        [one] { $total } piece
       *[other] { $total } pieces
    } of the track have arrived.
console-track-replayed = Replayed from a file
console-track-label = Drawing of the track, fence of radius { $radius } m, north is up
console-track-fence = Fence, radius { $radius } m
console-track-start = Start
console-track-end = End
console-track-scale = { $metres } m
console-track-gaps = Times that are not recorded
console-track-gap-from = From
console-track-gap-to = To
console-track-gap-length = Length
console-track-gap-cause = Likely cause
console-cause-unknown = unknown
console-cause-stopped = stopped by the executor
console-cause-permission = no location permission
console-cause-killed = the system ended the app
console-cause-off = location was off
console-cause-no-signal = no satellites
console-cause-battery = battery saver
console-cause-reboot = phone restarted or off
console-cause-disk = phone storage full
console-cause-accuracy = position too inaccurate
console-cause-mock = mock location
console-cause-not-gnss = not from satellites

## Times

console-times = Times and review log
console-times-lead = The server works the times out, and says of each how sure it is. The phone's own clock is shown only.
console-time-today = today { $time }
console-time-yesterday = yesterday { $time }
console-time-date =
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
console-time-day =
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
console-time-month =
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
console-time-minutes = { $minutes } min
console-time-days-left =
    { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }
console-time-last-day = today is the last day
console-time-over = past
console-time-started = Task started
console-time-described = Task described
console-time-first-result = First result
console-time-last-result = Last result
console-time-submitted = Submitted, round { $round }
console-time-approved = Approved by { $name }, round { $round }
console-time-rejected = Rejected by { $name }, round { $round }
console-sure-server = The server's time.
console-sure-proved =
    Proved to within { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }.
console-sure-about =
    Proved to within { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.
console-sure-between = Proved only to lie between { $from } and { $to }.
console-sure-before = Proved only to be no later than { $to }.
console-sure-not = The phone's own time, not proved.
console-sure-contradiction = The sources of this time contradict each other.
console-sure-skew = The phone's clock showed { $time }.

## One sentence afterwards

console-done-plan = The plan is made. Choose items and issue them.
console-done-issued = Issued. The executor's phone gets it when it is next online.
console-done-ignored = The chosen items are left out.
console-done-restored = The chosen items are in again.
console-done-fault = The handling is saved.
console-done-approved = Approved.
console-done-rejected = Rejected. The executor reads your opinion on the phone.
console-done-password = The password is changed.
