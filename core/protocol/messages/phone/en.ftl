# The texts of the phone's core.
## The status line

phone-last-sync = { $waiting } waiting, last sync { $time }
phone-never-synced = { $waiting } waiting, not synced yet
phone-all-sent = everything is sent, last sync { $time }

## Signing in and permissions

phone-signed-in = signed in
phone-signing-in = signing in
phone-signed-out = signed out
phone-pulled = { $done } documents received, { $kilobytes } KB
phone-pulled-of = { $done } of { $total } documents received, { $kilobytes } KB
phone-sign-out-consequence = Afterwards this account can sign in on another phone. Everything on this phone stays.
phone-permission-location = Location, always
phone-permission-location-why = While a task runs, your track is recorded as proof that you were there; at no other time.
phone-permission-location-without = Without it, no task can be started.
phone-permission-camera = Camera
phone-permission-camera-why = For photos on site and the submitter's selfie.
phone-permission-camera-without = Without it, no photo can be taken and no task submitted.
phone-permission-notifications = Notifications
phone-permission-notifications-why = They tell you when the track breaks off, and show that it is recorded.
phone-permission-notifications-without = Without them, you do not hear of a track that broke off.
phone-permission-battery = No limits in the background
phone-permission-battery-why = The track and the upload go on while the screen is off.
phone-permission-battery-without = Without it, the track may break off while the screen is off.

## Today

phone-answered = { $done } of { $total } done
phone-photos-on-server = photos { $done } of { $total } on the server
phone-items-done = { $done } of { $total } submitted
phone-instances = { $done } of { $total } with a result
phone-evidence =
    { $total ->
        [one] { $done } of { $total } file
       *[other] { $done } of { $total } files
    } verified by the server
phone-next-answer =
    { $count ->
        [one] { $count } item has no result yet
       *[other] { $count } items have no result yet
    }
phone-next-submit = every item has a result: complete the rest and submit
phone-next-mend = mend what the review says and submit again
phone-next-review = waits for the review
phone-next-approved = approved, nothing left to do
phone-next-discarded = discarded, its items are free again
phone-deleted = The office has deleted this task: “{ $reason }”. What you recorded is kept and does not count; start a new task for its items.
phone-plan-expired = The plan's last day is over, so no task can be started. Ask the project lead where one is needed.
phone-nothing-free = Every item of this plan is in a task already. Open that task to go on.
phone-ordered = { $by } ordered a supplementary test after an event of remote monitoring: { $what }.
phone-outside-plan = Outside the plan: it only adds to the planned tests, and makes no report alone.
phone-nothing-issued = Nothing of this project is issued to you. Ask the project lead to issue something first.
phone-project-terminated = The project is terminated, so no task can be started.
phone-any-state = any state
phone-any-month = any month
phone-nothing-found = Nothing was found. Try other words.
phone-waits-for-review =
    { $count ->
        [one] { $count } task waits for your review
       *[other] { $count } tasks wait for your review
    }
phone-waits-for-a-way =
    { $count ->
        [one] { $count } fault waits to be handled by you
       *[other] { $count } faults wait to be handled by you
    }
phone-waits-for-decision =
    { $count ->
        [one] { $count } record was received and does not count: adopt or refuse it
       *[other] { $count } records were received and do not count: adopt or refuse them
    }
phone-undecided-new = a new task
phone-adopt-consequence = The records are judged again, as if they had come in time. What the plan does not allow still does not count.
phone-refuse-consequence = The records never count. They are kept, and who made them is told.

## Projects and map

phone-period = { $from } to { $to }
phone-fence-radius = fence radius { $radius } m

## Tasks

phone-step-item = Answer: { $item }
phone-step-photo = Take a photo: { $item }
phone-step-photo-of = Take a photo ({ $photo }): { $item }
phone-step-fault = Say what is wrong: { $item }
phone-step-selfie = Take the submitter's selfie
phone-step-controller = Choose the controller's brand, or “none” where there is none
phone-step-panel = Photograph the controller's panel
phone-step-site = There is no alarm system: take any photo of the site
phone-step-restore = Set back to automatic and photograph the panel: { $system }
phone-step-line = Confirm: { $line }
phone-step-photo-more =
    { $count ->
        [one] Take another photo: { $item }
       *[other] Take { $count } more photos: { $item }
    }
phone-step-witness = Have the owner's witness sign
phone-isolate = Before the test: tell the control room, then isolate or set to manual: { $system }
phone-needs-two = A test of this task needs two persons, and nobody else is named as present.
phone-hand-over-consequence = Afterwards you record nothing more in this task; what you recorded stays yours. The other person goes on once both phones have synced.
phone-handed-over = { $by } handed it to { $to }.
phone-handed-over-because = { $by } handed it to { $to }: { $reason }
phone-track-usual = Judged by the usual thresholds; the server decides.
phone-track-not-running = No track is being recorded. Start the track.
phone-submit-consequence = It then waits for the review, and can be changed again only if it is rejected.
phone-submit-late = The last day, { $date }, is over: what is handed in now counts as late, and the report of that period cannot hold it.
phone-discard-consequence = The task cannot be brought back. Its items are free again, and everything recorded is kept.
phone-photo-place = place in the picture { $lat }, { $lon }
phone-photo-withdrawn = withdrawn by its author, not counted

## The form of an item

phone-asks-untestable = Why it could not be tested
phone-asks-override = Why it is not what is proposed
phone-asks-fault = What is wrong
phone-first-question = Answer first: { $question }
phone-taken-over = Taken over from the record of “{ $item }”. Check the values.
phone-measured-there = { $record } Measured here: { $measured }
phone-rest-conform = All the other { $count } conform
phone-every-day =
    { $count ->
        [one] The code of practice asks for it every day
       *[other] The code of practice asks for it every { $count } days
    }
phone-every-week =
    { $count ->
        [one] The code of practice asks for it every week
       *[other] The code of practice asks for it every { $count } weeks
    }
phone-every-half-month =
    { $count ->
        [one] The code of practice asks for it every half month
       *[other] The code of practice asks for it every { $count } half months
    }
phone-every-month =
    { $count ->
        [one] The code of practice asks for it every month
       *[other] The code of practice asks for it every { $count } months
    }
phone-every-year =
    { $count ->
        [one] The code of practice asks for it every year
       *[other] The code of practice asks for it every { $count } years
    }
phone-photo-for-fault = An item that does not conform needs at least one photo.
phone-photo-always = This item needs a photo.
phone-photo-more =
    { $count ->
        [one] The firm asks for more photos: one is missing.
       *[other] The firm asks for more photos: { $count } are missing.
    }
phone-verdict-missing = There is no verdict yet. Choose one.
phone-note-missing = required
phone-note-variant-missing = choose which case applies
phone-note-variant-unfit = the chosen case does not apply
phone-note-field-unknown = the item does not ask for this
phone-note-field-repeated = entered twice
phone-note-not-a-number = enter a number
phone-note-too-many-places = too many decimal places
phone-note-negative = must not be below zero
phone-note-not-an-option = choose one of the options
phone-note-sum-mismatch = the parts do not add up to the total
phone-note-out-of-limit = outside the limit
phone-note-failing-answer = not as required
phone-note-rule-broken = the values do not fit together as required
phone-note-rule-open = a value to compare with is missing
phone-note-remark = not as recommended, but no fault

## Review

phone-dispatch = { $kind }: { $what }
phone-dispatch-to = Team lead: { $name }
phone-removal-confirmed = { $name } · { $when }
phone-way-final = This cannot be changed afterwards.
phone-time-started = Task started
phone-time-first-result = First result
phone-time-last-result = Last result
phone-time-submitted = Submitted, round { $round }
phone-flag-own-task = You executed this task yourself.
phone-flag-not-in-time = It cannot be shown that this round was handed in by the last day. The report of the period cannot hold it.
phone-flag-differs = A result was written in other words than the catalogue's, or with another proposal. The catalogue's are shown.
phone-flag-design = A result has a design value or variant other than the project's; it is judged by what was entered on site.
phone-flag-photos = Photos to look at closely: { $count }. Each says why.
phone-flag-replaces-unknown = A result says that it corrects another one, which the server never received.
phone-approve-consequence = The task cannot be changed afterwards.
phone-reject-consequence = The executor mends it; faults that were handled are unhandled again.

## Track

phone-advice-permission = Set the location permission to “always” in the system settings.
phone-advice-location = Switch the phone's location on.
phone-advice-battery = Let the app run in the background in the system settings.
phone-advice-disk = Free some storage on the phone.
phone-advice-satellites = Switch mock locations off and use satellites.
phone-advice-sky = Stay outside or at a window for a moment.
phone-advice-start = Start the track again.
phone-advice-keep-open = Keep the app open until the task is submitted.

## Sync centre

phone-way-sent = { $done } of { $total } sent
phone-way-stored = { $done } of { $total } received by the server
phone-way-safe = { $done } of { $total } safe
phone-waits-for-network = Waits for a network; it is then sent by itself.
phone-waits-for-photos = The records are sent, photos are on their way.
phone-waits-for-unmetered = The records are sent. Photos wait for Wi-Fi, because you allow them only on unmetered networks.
phone-waits-for-safe = Received by the server, being made safe.
phone-use-originals = Original photos
phone-use-previews = Previews of photos
phone-use-thumbnails = Thumbnails of photos
phone-use-tracks = Tracks
phone-use-attachments = Attachments
phone-use-signatures = Signatures
phone-use-looks = Photos of other phones (can be fetched again)
phone-use-records = Records
phone-use-documents = What was downloaded
phone-use-reserve = Kept free for an emergency
phone-allow-any = Any network
phone-allow-unmetered = Unmetered networks only
phone-looks-kept = Photos for review: { $used } MB of at most { $most } MB
phone-megabytes = { $megabytes } MB
phone-lost = account not usable on this phone
phone-lost-facts =
    { $total ->
        [one] { $done } of { $total } record
       *[other] { $done } of { $total } records
    } safe on the server
phone-lost-files =
    { $total ->
        [one] { $done } of { $total } file
       *[other] { $done } of { $total } files
    } safe on the server
phone-wipe-consequence = Everything that this phone keeps of the account is erased for ever. What is on the server stays.
phone-renew-consequence = This phone goes on with a new set of records. What it has not sent moves there and is sent again; nothing is doubled. You may have to sign in.
phone-export-consequence = The file is encrypted, and only your firm’s server opens it. Hand it to a manager, who takes it in on the console; everything on this phone stays.

phone-open-tasks =
    { $count ->
        [one] { $count } task under way
       *[other] { $count } tasks under way
    }
phone-task-gone = A task that is no longer on this phone
phone-way-to-send = To be sent
phone-way-photos = Photos to be sent
phone-way-signed = Signed for by the server
phone-way-done = Safe
phone-wait-network =
    { $count ->
        [one] { $count } record waits for a network
       *[other] { $count } records wait for a network
    }
phone-wait-next-try =
    { $count ->
        [one] { $count } record waits for the next try
       *[other] { $count } records wait for the next try
    }
phone-wait-turn =
    { $count ->
        [one] { $count } record waits to be sent
       *[other] { $count } records wait to be sent
    }
phone-wait-sign-off =
    { $count ->
        [one] { $count } record was sent and waits for the server to sign for it
       *[other] { $count } records were sent and wait for the server to sign for them
    }
phone-wait-safety =
    { $count ->
        [one] { $count } record is signed for by the server and waits to be safe
       *[other] { $count } records are signed for by the server and wait to be safe
    }
phone-wait-decision =
    { $count ->
        [one] { $count } record is on the server and does not count
       *[other] { $count } records are on the server and do not count
    }
phone-wait-photo-records =
    { $count ->
        [one] { $count } photo waits until its record is on the server
       *[other] { $count } photos wait until their records are on the server
    }
phone-wait-photo-unmetered =
    { $count ->
        [one] { $count } photo waits for a network that is not paid by data
       *[other] { $count } photos wait for a network that is not paid by data
    }
phone-wait-photo-network =
    { $count ->
        [one] { $count } photo waits for a network
       *[other] { $count } photos wait for a network
    }
phone-wait-photo-turn =
    { $count ->
        [one] { $count } photo waits to be sent
       *[other] { $count } photos wait to be sent
    }

## Reminders

phone-notice-track = The track broke off: { $cause }
phone-notice-track-what = { $task }: { $advice }
phone-notice-rejected = Rejected: { $task }
phone-notice-dispatch = A dispatch for you: { $kind }
phone-notice-dispatch-what = { $project } · { $what }
phone-notice-left = A plan ends: { $left }
phone-notice-left-what = { $project } · { $plan }, { $done }
phone-notice-unsent = Records are unsent for more than a day
phone-notice-unsent-what = { $waiting } waiting, all safe on this phone. Find a network and open the app.
