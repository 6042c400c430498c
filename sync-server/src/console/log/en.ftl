log-title = Work log
log-lead = Every sign-in, every change of an account and every act of the office: who, when, what, to whom, why. The server signs each and chains it to the one before, so nobody rewrites it later.
log-none = Nothing fits.
log-who = Who
log-when = When
log-what = What
log-about = About
log-why = Why
log-month = Month
log-everybody = Everybody
log-everything = Everything
log-administrator = Administrator of the server
log-with = { $what }: { $detail }
log-items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
log-facilities = { $count ->
    [one] { $count } facility
   *[other] { $count } facilities
}
log-to = issued to { $name }
log-given-up =
    { $facts ->
        [one] { $facts } record
       *[other] { $facts } records
    } and { $blobs ->
        [one] { $blobs } file
       *[other] { $blobs } files
    } given up
log-gone = no longer there
log-firm = the firm
log-account = account of { $name }
log-person = { $name }
log-store = phone { $name }
log-project = project { $name }
log-plan = plan { $name }
log-task = task { $name }
log-create-account = Account made
log-toggle-account = Account opened or closed
log-opened = Account opened
log-closed = Account closed
log-reset-password = Password replaced
log-change-password = Password changed
log-certify-person = Certificate put in
log-enlist-person = Person put on the personnel list
log-sign-in = Signed in on a phone
log-sign-out = Signed out on a phone
log-sign-in-console = Signed in to the console
log-force-release = Account freed from its phone
log-drop-device-key = Key of a phone dropped
log-create-plan = Plan made
log-issue-plan = Plan issued
log-recall-items = Issued items taken back
log-ignore-items = Items left out
log-restore-items = Items taken in again
log-schedule-items = Day and place set
log-delete-plan = Plan deleted
log-delete-task = Delete a task
log-decide-review = Task reviewed
log-approved = Task approved
log-rejected = Task rejected
log-handle-fault = Fault handled
log-record-fault = Record of a fault completed
log-issue-dispatch = Dispatch issued
log-reassign-dispatch = Another team lead named
log-decide-parked = Decide on records that do not count
log-adopted = Adopt records that did not count
log-not-adopted = Leave out records that did not count
log-replace-lead = Replace a project lead
log-hand-over = Issued items handed over
log-hand-over-task = Hand a task over
log-put-fence = Set a fence of a project
log-remove-fence = Remove a fence of a project
log-set-witness = Set whether the owner's witness signs
log-keep-instrument = Add or recalibrate an instrument
log-make-api-token = Make a token for a program
log-revoke-api-token = Revoke a token of a program
log-retire-instrument = Take an instrument off the list
log-set-cutoff = What decides a deadline set
log-make-account = Account added
log-appoint-director = Technical director appointed
log-end-session = Console session ended
log-draw-up-change = Personnel change drawn up
log-send-change = Personnel change sent
log-discard-change = Draft of a personnel change thrown away
log-decide-change = Personnel change decided
log-approved-change = Personnel change approved
log-rejected-change = Personnel change rejected
log-oversee-firm = Put under a unit of the fire service
log-import-export = Export file of a phone taken in
log-terminate-project = Project ended
log-enter-design = Design value entered
log-keep-positions = List of positions kept
log-generate-report = Report generated
log-delete-report = Report deleted before filing
log-file-report = Report filed
log-add-report-copy = Signed copy of a report uploaded
log-hand-out-report = Copies of a report handed out
log-void-report = Filed report taken back
log-restore = Data restored from a backup
log-renew-key = Key of the firm replaced
log-other = Other act ({ $kind })
log-owner = owner { $name }
log-contract = contract of { $name }
log-contact = contact { $name }
log-create-owner = Owner made
log-change-owner = Owner changed
log-delete-owner = Owner deleted
log-delete-contact = Contact deleted
log-create-contact = Contact made
log-change-contact = Contact changed
log-create-contract = Contract made
log-change-contract = Contract changed
log-end-contract = Contract terminated or cancelled
log-create-project = Project made
log-change-project = Project changed
log-put-building = Building entered
log-remove-building = Building removed
log-tick-systems = Facilities ticked
log-ask-pause = Pause asked for
log-withdraw-pause = Pause request taken back
log-ask-repair = Repair asked for
log-close-repair = Repair request closed
log-pass-on-repair = Repair request passed on
log-repair = Repair request, { $name }
log-take-up-repair = Repair request taken up
log-decide-pause = Decided a pause
log-approved-pause = Approved a pause
log-rejected-pause = Rejected a pause
log-ask-petition = Asked for a special site or an operation change
log-decide-petition = Decided a special site or an operation change
log-approved-petition = Approved and carried out a special site or an operation change
log-rejected-petition = Rejected a special site or an operation change
log-record-check = Recorded a check on site
log-plan-next = Made and issued the plan as the last one was
log-plan-year = Made the plans of a year
