# Two sentences each: what happened, and what to do next.
## Signing in, and one device an account

problem-signed-in-elsewhere =
    This account is signed in on “{ $device }”, last seen { $last_seen }, with { $unsent ->
        [one] { $unsent } record
       *[other] { $unsent } records
    } not yet sent. Sign out on that phone first; if it is lost, ask a company manager to release the account.
problem-sign-in-failed = The account or the password is wrong. Check both and try again; if the password is forgotten, ask a company manager to reset it.
problem-account-unknown = No account has this login. Check what its holder signs in as.
problem-account-disabled = This account is disabled. What is recorded on the phone is still sent, and a project lead or manager decides on it; ask a company manager to enable the account.
problem-client-not-allowed = This kind of account cannot sign in here. Field operators use the app, company managers the console.
problem-token-expired = The access token has expired. The app fetches a new one and tries again by itself.
problem-sign-in-again = You need to sign in again. Nothing on the phone is lost, and sending goes on afterwards.
problem-store-revoked = An administrator has revoked this phone's right to send. The records stay on the phone; export them and hand them to the administrator.
problem-store-mismatch = This upload does not belong to the signed-in phone and was stopped. The records stay on the phone; sign in again, and export them if that does not help.
problem-fenced = The account was released from this phone, or is signed in on another one, so nothing more can be recorded here. What is recorded is still sent, and a project lead or manager decides on it; sign in again to go on with this phone.
problem-claim-spent = This sign-in request was already used. Please sign in again.
problem-incarnation-changed = The server was restored from a backup, so sign in again. Everything is kept on the phone, and what the server lacks is sent again.
problem-unsent-data =
    { $facts ->
        [one] { $facts } record
       *[other] { $facts } records
    } and { $blobs ->
        [one] { $blobs } file
       *[other] { $blobs } files
    } are not safe on the server yet, so you cannot sign out or erase the data. Connect to a network and wait, or export them for an administrator first.
problem-recipient-missing = The phone has not been told yet for whom to seal an export file. Let it reach the server and sign in once, then export.
problem-nothing-unsent = Everything on this phone is on the server. No export file is needed.
problem-export-unreadable = The export file is damaged or incomplete, and nothing of it was taken in. Export it again from the phone, and copy the whole file.
problem-export-foreign = This file was not exported for this firm's server, and nothing of it was taken in. Check which phone and which firm it comes from.
problem-export-missing = No file was chosen. Choose the file that the phone exported, then send it.
problem-still-signed-in = This phone still works with the account, so its data cannot be erased. Sign out first.
problem-track-running = A track is still being recorded. Stop it, wait until everything is sent, then try again.
problem-not-signed-in = Nobody is signed in, so nothing can be recorded. Connect once to sign in; after that you can work without a network.
problem-key-unavailable = The phone's key cannot be used at the moment. Recording goes on; unlock the phone or try again later.
problem-password-too-short = The password is too short. Use at least 8 characters.
problem-password-too-common = This password is too common and easy to guess. Choose another one.
problem-password-wrong = The present password is wrong. Type it again.
problem-password-differs = The new password was typed in two ways. Type both again.
problem-password-same = The new password is the present one. Choose another one.
problem-password-change-required = Somebody else set this password. Choose a new one of your own, then sign in with it.
problem-give-up-not-confirmed = Dropping the key gives up what the phone has not sent. Tick the box to confirm that, or leave the key.
problem-form-expired = The page was open for too long and nothing was changed. Reload it and submit once more.
problem-proxy-origin = The address in the browser is not the one that the server was asked under. Whoever runs the server makes the proxy pass on Host and X-Forwarded-Proto (docs/operations.md).
problem-store-of-other-account = This store belongs to another account. Sign in with that account, or use a folder of its own.
problem-key-gone = This phone's signing key is gone, so nothing more can be recorded on it. Ask your manager; what was recorded is kept.

## The wire

problem-malformed-frame = The first line of the upload is wrong and the server took nothing. The records stay on the phone; update the app and contact support.
problem-gap = The server lacks earlier records. The phone sends again from there by itself.
problem-diverged = The records on the server differ from those on the phone, so nothing more can be recorded on it. Both are kept; contact support and do not delete the app.
problem-unsigned = The phone sent records without its signature and the server took nothing. The phone signs them and sends them once more.
problem-chain-mismatch = The signature does not match the records and the server took nothing. The phone reads its records again and sends them once more.
problem-offset-mismatch = The upload of a file stands at another place on the server. The phone goes on from there.
problem-blob-not-announced = No record names this file, so the server did not take it. The phone sends the record first and then the file.
problem-blob-not-named = The record announces a file that it does not name, so it was received and does not count. Update the app to its latest version.
problem-photo-not-a-picture = The file of this photo is no picture, so it is no evidence. Reject the task, so that the executor withdraws the photo and takes it again.
problem-length-mismatch = The file does not have the length that its record says, so the server did not take it. The phone checks the file and sends it once more.
problem-blob-mismatch = The file received does not match its hash and was dropped. The phone checks the original and sends it again.
problem-nonce-spent = The one-time number of this request was used or is too old. The phone asks for another one by itself.
problem-signature-invalid = The phone's signature does not hold, so nothing was changed. Reopen the app and try again; contact support if it happens again.
problem-checksum-mismatch = A part of the file arrived damaged and was dropped. The phone sends that part again by itself.
problem-tus-version-unsupported = The upload speaks a version that the server does not know. Update the app and try again.
problem-cursor-expired = The phone has not synced for too long and needs its documents anew. The download starts by itself; local records are not touched.
problem-too-large = It is larger than allowed and was not taken. Split it into smaller parts and try again.
problem-upgrade-required = The app is too old to go on syncing documents. Update it; what is recorded can still be sent.
problem-slow-down = The server is busy. The phone tries again by itself in a moment.
problem-blobs-full = The server is short of space, so photos wait while records still go through. Tell your administrator; photos go on by themselves as soon as there is room.
problem-uploads-unfinished = This phone has begun to send too many files without finishing them. It goes on with those it has begun; contact support if this stays.
problem-disk-full = There is no space left to save more. Free some space; what is saved is safe.
problem-storage-failed = The phone could not save this. Check its storage and try again; what is saved is safe.
problem-network-error = The server cannot be reached. Everything is saved on the phone and is sent when there is a network.
problem-captive-portal = This network asks for a sign-in page first. Open the browser to sign in, or use another network.
problem-network-refuses-size = The network on the way to the server refuses files of this size. Use another network, or tell an administrator; the phone tries again by itself.
problem-server-unverified = The server's identity could not be confirmed, so its answer does not count. Check the network; tell an administrator if it happens again.
problem-patch-unfit = A change fits no document on this phone. The phone fetches whole documents by itself; nothing is lost.
problem-receipt-invalid = The server's receipt could not be confirmed, so nothing counts as received. Everything is kept and is sent again; tell an administrator if it happens again.
problem-rolled-back = The phone's journal is older than what the server has received, as after a restored backup, so nothing more can be recorded on it. Contact support and do not delete the app.
problem-other-install = The journal came to this phone from another installation, so nothing more can be recorded on it. Everything is kept; contact support and do not delete the app.
problem-lost-on-server = The server asks for records whose copies on the phone were already freed. Contact an administrator; what is left on the phone is kept.
problem-cache-unavailable = The downloaded documents cannot be opened at the moment. They are downloaded again by themselves; what was recorded is safe.
problem-server-address-invalid = The server's address or certificate cannot be used. Check the settings, or ask an administrator for the address.
problem-server-error = Something failed on the server and the action was not completed. Try again later; tell an administrator if it happens again.
problem-server-busy = The server is busy and nothing was done. Please try again in a moment.
problem-server-full = The server has no room left and nothing was done. Ask an administrator to make room.
problem-bad-request = The request is not valid and nothing was changed. Check what was entered and try again.
problem-unsupported-media-type = This kind of content is not supported. Update the app or use another file.
problem-not-found = It does not exist, or you may not see it. Check the address, or ask the project lead.
problem-not-permitted = You may not do this. Ask a company manager if you need to.
problem-method-not-allowed = This address does not allow that. Go back and try again from the page before.
problem-entropy-unavailable = The phone cannot give random bytes just now. Try again in a moment; what was recorded is safe.
problem-clock-required = The app gave no device clock, so the phone's core cannot open. Update the app and try again.
problem-internal = The app failed inside, and this was not done. Try again; contact support if it happens again.

## The server's database, at its start

problem-database-in-use = Another server is running on this database file, so this one did not start. Stop the other one first, or use PostgreSQL to run several.
problem-database-newer = The database was made by a newer version of the program, so this one did not touch it. Install the newer version.
problem-database-changed = The database was made with another set of tables than this program's, so it was not touched. Install the version that made it, or contact support.
problem-store-unreachable = PostgreSQL cannot be used, and this was not done. Check that the database server runs, and the address, user, password, database and certificate in the setting postgres.
problem-store-unusable = The data folder or the database cannot be read or written, and this was not done. Check where the folder is, its permissions, and whether the disk is read-only; then try again.
problem-store-damaged = The database file is damaged, and this was not done. Move the damaged file aside and keep it, then bring the data back from a backup with firebee restore.
problem-server-key-missing = The server does not have this firm's key, so it neither takes nor gives data now; everything is kept on the phone. The administrator brings the key back from a backup with firebee admin put-key.
problem-server-key-differs = The server has another key than this firm's database, so it neither takes nor gives data now; everything is kept on the phone. The administrator brings the right key back from a backup with firebee admin put-key.
problem-server-key-exposed = Others may read the key file of this firm on the server, so the server neither takes nor gives data now; everything is kept on the phone. The administrator gives the key file mode 600.
problem-data-behind = An older database was put back by hand on the server, so it neither takes nor gives data now; everything is kept on the phone. The administrator restores it with firebee restore, and then the phone sends again what is missing.

## What the server kept but did not count

problem-malformed = This record is not well formed; the server kept it as it is but does not count it. Contact support.
problem-body-malformed = The content of this record cannot be read; the server kept it as it is but does not count it. Contact support.
problem-subject-missing = This record does not say rightly which project, plan and task it is about; it is kept but not counted. Contact support.
problem-blob-too-large = This record names a file larger than 30 MiB, so it is kept but not counted. Take a smaller one.
problem-id-conflict = Another record has the same id; the server kept this one but does not count it. Contact support.
problem-foreign-account = This record belongs to another account; the server kept it but does not count it. Let the holder of that account send it.
problem-kind-unknown = The server does not know this kind of record yet and kept it as it is. It counts after the server is upgraded.
problem-kind-not-supported-yet = The server cannot process this kind of record yet and kept it as it is. It counts after the server is upgraded.
problem-out-of-scope = The project or item was not issued to you when this was recorded; the server kept it but does not count it. Ask the project lead to decide.
problem-apply-failed = The server failed to process this record; it is kept but not counted. The administrators have been alerted, and you need not record it again.
problem-seen-unknown = After a restore the server does not know the version of the work you saw; the record is kept but not counted. Ask the project lead to decide.
problem-manifest-mismatch = The submission's list differs from the records on the server; it is kept and waits. Ask the project lead to decide on what is not counted.
problem-item-already-in-task = This item is already in another task. Go on in that task, or ask the project lead to decide between the two.
problem-conflict = This phone had sent another record for the same place of its journal. This one is kept aside; it counts when the phone sends it again after signing in anew, or when a project lead or manager adopts it.
problem-late = The phone no longer held its account when this record came in. It is kept as it is; wait until a project lead or manager has decided on it.
problem-not-adopted = A project lead or manager has decided not to count this record. It is kept on the server as it is; ask them if you have questions.
problem-decision-unseen = After a restore the server does not have what you decided on, so your decision does nothing. Look at it again and decide anew.
problem-plan-deleted = The plan was deleted before this record came in. It is kept but not counted; ask the project lead for a new plan, and do the work in a task of that.
problem-lost-local = A file on the phone is damaged or gone. Take the photo again; the record notes what is missing.

## Plans, projects, people

problem-not-on-personnel-list = The personnel list of this organisation has no such person, or several of that name. Check both names; file a personnel change for somebody new.
problem-on-personnel-list = Somebody of this name is on the personnel list of this organisation. If it is another person, add something to the name that tells the two apart.
problem-qualification-insufficient = This person's certificate is not sufficient for the role. Choose somebody else, or update the certificate first.
problem-identity-malformed = This is not an ID number: it has 18 characters, a day of birth that exists and a check character. Compare it with the card and type it again.
problem-identity-listed = Somebody with this ID number is on the list already. To add a certificate, choose that person from the list.
problem-certificate-required = The certificate is missing, or a registration lacks one of its two days. Fill in its level, its number and its days.
problem-person-required = Nobody who fits the type of the change is chosen. Choose somebody who is on the personnel list and holds such a certificate.
problem-person-in-use = This person still has work that nobody has taken over: projects to lead { $led }, tasks { $tasks }, issued items { $issued }, dispatches { $dispatches }. The firm hands it over first, on the page of who leaves; then the person can be removed.
problem-papers-missing = The archive does not hold every paper. Put all the papers of the list into it and tick each one.
problem-archive-required = The archive with the papers is missing. Choose one zip, rar, 7z or gz file of at most { $max } MB.
problem-sealed-form-required = The scan of the sealed form is missing. Print the form, seal it, and upload its scan as a picture or a PDF.
problem-already-decided = This application was decided before, or was not sent yet. Load the page again to see where it stands.
problem-application-not-open = The application was submitted or accepted and cannot be changed now. If it is returned, it can be mended and submitted again.
problem-credit-code-malformed = The unified social credit code is wrong. Enter the 18 characters of the business licence. For a project whose owner has no code, enter NULL.
problem-documents-missing = One of the four documents is missing: fill in the firm and at least one certified person, and upload four different sealed scans. Then submit it.
problem-field-malformed = This part of the file is not as it should be. Correct it as docs/operations.md explains.
problem-organisation-not-registered = The organisation has no registration number or no service type. Enter both; it cannot work before.
problem-views-full = You have { $max } named views already. Delete one that you no longer need.
problem-login-taken = This login is already in use. Choose another one.
problem-phone-malformed = The phone number is not well formed. Check it and enter it again.
problem-certificate-level-unknown = A certificate of this kind has no such level. A registered engineer’s is 1 or 2, any other 1 to 5; enter it again.
problem-certificate-validity-reversed = The certificate ends before it begins. Check both dates.
problem-sheet-missing = No file was chosen. Choose an xlsx or CSV file and send it again.
problem-sheet-unreadable = The file cannot be read. Save it as xlsx, or as CSV in UTF-8 or GB18030, and send it again.
problem-sheet-too-large = The file is too large: at most { $megabytes } MB, { $cells } cells and { $rows } rows. Send it in several files.
problem-sheet-empty = The table has no rows. Fill in the template and send it again.
problem-sheet-heading-missing = The table lacks these columns: { $columns }. Add their titles, or use the template, and send it again.
problem-cell-number-in-id-column = This cell is a number: a spreadsheet loses the last digits of a long one and zeros in front. Make the column text and type the whole number again.
problem-cell-broken = The formula of this cell has no result. Put in what it should say.
problem-row-repeated = It is the same as row { $row }. Keep one of them.
problem-owner-unknown = No owner has this name. Make the owner first, or write its full name as in the list.
problem-cell-malformed = This cell does not say what its column takes. The template's second sheet tells what may stand here.
problem-contract-unknown = This owner has no contract of this name, or several. Write its full name as in the list, and make the contract first if there is none.
problem-project-unknown = No project has this name, or several have. Write its full name as in the list, and name its owner and its contract where several have it.
problem-unit-unknown = No unit of the fire service has this name. Write its full name as the form of the project offers it.
problem-facility-not-ticked = The project has not ticked this facility, or there is none of this name. Tick it first, or write its name as on the page of the project.
problem-lead-elsewhere = Somebody else leads this project. A table does not replace a lead: do so on the page of the project, or leave the cell empty.
problem-project-in-use = Something refers to this project already. It stays. Terminate it if it is no longer served.
problem-batch-not-open = This table was dealt with before. Open its page to see what came of it.
problem-batch-rows-wrong = { $count ->
    [one] One row is wrong
   *[other] { $count } rows are wrong
}. Mend and send them again, or apply the good rows only.
problem-batch-nothing-to-do = No row would change anything. Check the table.
problem-batch-in-use = Rows { $rows } are in use or were changed since, so nothing is taken back. See to them first.
problem-contact-in-use = This contact has used the account and cannot be deleted. Close the account instead.
problem-contract-dates-reversed = The contract ends before it is signed. Check both dates.
problem-owner-name-taken = An owner of this name exists already. Look it up in the list and use it; if this is another company, write its full name as on the business licence.
problem-owner-in-use = This owner has a contract and cannot be deleted. Keep the record.
problem-contract-dates-immutable = The days of a contract never change once they are saved. If one is wrong, cancel this contract and make another.
problem-contract-ended = The contract was terminated or cancelled, and nothing of it changes any more. Make another contract.
problem-contract-in-use = A project of the contract has a plan, so it cannot be cancelled. Terminate it instead.
problem-contract-files-too-large = The files of the contract are larger than { $max } MiB together. Make them smaller or fewer, then try again.
problem-service-type-not-held = The organisation does not hold the service type for this contract. Choose another type.
problem-building-measure-negative = Areas, floors and heights of a building cannot be negative. Enter them again.
problem-water-storage-missing = A building with water storage needs its type, position and capacity. Add them and save.
problem-water-storage-unexpected = Water storage is described although the building has none. Clear it, or say that there is one.
problem-part-remark-missing = The contract covers only a part of the building, and the remark must say which. Enter the remark.
problem-location-out-of-range = The coordinates are out of range. Mark the project's location again.
problem-fence-radius-out-of-range = The radius of the fence is outside what is allowed. Enter 50 to 10,000 metres.
problem-plan-exists = The project already has a plan for this period. Open that one.
problem-plan-out-of-period = The month lies outside the project's period. Choose a month inside it.
problem-plan-expired = The plan's period is over and it can no longer be issued. Create a plan for the present month.
problem-month-paused = This month is paused with approval, so it can have no plan. Choose another month.
problem-month-has-plan = The month has a plan and cannot be paused. Delete the plan while it is not issued, or choose another month.
problem-pause-asked = A pause of this month is asked for already. See its state on the page of the project.
problem-pause-not-offered = Only maintenance can be paused. Check the project.
problem-already-reviewed = The request was reviewed and cannot be taken back. Ask the fire service in charge if in doubt.
problem-owner-certificate-required = The owner's certificate that phones are not allowed is missing. Upload its scan or a photo of it.
problem-petition-waiting = The same is asked for already and waits for its decision. Wait for the decision.
problem-special-site-already = The project is a special site already. There is no need to ask again.
problem-plans-without-report = Plans of the project without a report: { $count }. Generate their reports, or delete the plans that nobody has executed, and try again.
problem-task-not-approved = The task is not approved, or its approval was taken back. Reload the page to see how it stands.
problem-task-in-report = The task “{ $task }” is in a report. Delete the report while it is not filed; ask for a filed report to be taken back first.
problem-check-day-in-future = The day of the check lies in the future. Enter the day on which you checked.
problem-week-not-over = The week is not over yet. Draw its sample from next Monday on.
problem-training-not-filed = This is the report of a training project and cannot be filed. Generate and file the report in the real project.
problem-project-terminated = The project is terminated and can no longer be worked on. Ask a company manager if in doubt.
problem-only-one-plan-allowed = An inspection or evaluation project has exactly one plan. Open the existing one.
problem-nature-not-allowed = This project cannot have a plan of this nature. Choose year for inspection and evaluation projects.
problem-plan-without-items = No ticked facility has an item of this nature. Choose another nature, or tick more facilities first.
problem-plan-has-issued-items = The plan still has issued items and cannot be deleted. Take those back first.
problem-plan-has-submitted-tasks = The plan has submitted or approved tasks and cannot be deleted. Keep it.
problem-plan-item-unknown = The plan has no such item. Reload and choose again.
problem-plan-item-issued = This item is issued already. Take it back first if it must change.
problem-plan-item-ignored = This item is ignored and cannot be issued. Restore it first.
problem-plan-item-not-ignored = This item is not ignored. There is nothing to restore.
problem-plan-item-not-recallable = Only an issued item that nobody has started can be taken back. Let the executor discard the task first.
problem-plan-item-started = Somebody has started this item, so its day and place stay as they are. Choose only items that are not issued or that nobody has started.
problem-plan-day-out-of-period = The day lies outside the plan's period. Choose a day within it.
problem-catalogue-too-large = The catalogue of tests is too large to be used. Contact support.
problem-catalogue-malformed = The catalogue of tests is not well formed and cannot be used. Sync again; contact support if it happens again.
problem-catalogue-unsound = The catalogue of tests contradicts itself and cannot be used. Contact support.
problem-catalogue-hash-mismatch = The catalogue received is not the one that the plan pins and was dropped. Sync again.
problem-calendar-malformed = The file is not the calendar of one year. Correct it as docs/operations.md explains and import it again.
problem-calendar-source-missing = The file does not name the State Council's document. Enter its address on gov.cn in papers and import it again.
problem-calendar-day-wrong = The day { $day } cannot stand in this file: it is of another year, stands twice, has no festival, or is a weekday that is worked anyway. Compare it with the document and correct it.
problem-calendar-day-missing = The file does not say that { $day } is off, which it is by law. Enter every day of the document and import it again.
problem-facility-unknown = A ticked facility is not in the catalogue. Tick the systems and facilities again.
problem-facility-not-allowed = Some facilities are not for a project of this kind. Untick them and save.
problem-design-not-asked = No ticked facility of the project asks for this design value. Choose one from the list.
problem-positions-invalid = Line { $line } of the list cannot be taken: its position is missing, too long or stands twice, or its tag stands twice. Correct the line and save.
problem-position-taken = Another position of this facility has this name or this tag, or one of them holds a bar or a tab. Word it differently.
problem-positions-too-many = A facility has at most { $max } numbers for its positions, and no number is given twice, so nothing was saved. Keep the wording or the tag of the positions that stay, take out what is not there, and save.
problem-positions-changed = Somebody else has changed the list since this page was opened, so nothing was saved. What changed and what you typed are below. Put together what is so now, and save.
problem-building-name-taken = Another building of the project has this name. Choose a different one.
problem-too-many-fences = The project has as many fences as it can. Remove one, or make one of them larger.
problem-too-many-buildings = The project has more than 500 buildings. Split it into several projects.
problem-first-month-required = The contract is signed on day 20 or later, so the first month must be chosen. Choose this month or the next.
problem-first-month-immutable = The first month never changes once it is saved. Leave it as it was.
problem-day-malformed = This is not a day. Write year, month and day, such as 2026-03-01.
problem-project-incomplete = The project is incomplete; it lacks: { $missing }. Add what is missing, then issue the plan.
problem-item-not-issued = This item has not been issued to you. Ask the project lead to issue it first.
problem-nothing-chosen = Nothing is chosen, so nothing was changed. Choose at least one.
problem-nothing-to-hand-over = There is nothing to hand over: nothing is issued to this person, or all of it has begun. Hand over a task that has begun on its own page.
problem-executor-not-allowed = This person cannot carry out the plan. Choose a field operator or a project lead whose account is enabled.
problem-executor-required = No executor is chosen. Choose one, then issue.
problem-executor-disabled = The executor's account is disabled. Enable it first, or choose somebody else.
problem-lead-not-allowed = This person cannot lead the project. Choose a project lead with an enabled account and a fire engineer's registration.
problem-director-not-allowed = This person cannot be the technical director. Choose somebody whose account is a project lead’s or a company manager’s.
problem-items-required = No item is chosen. Choose at least one.
problem-catalogue-missing = The catalogue of tests of this plan has not been downloaded yet. Connect to the network, sync and try again.

## Tasks, results, evidence

problem-location-required = A task cannot start without the “always” location permission. Allow it in the system settings and try again.
problem-task-incomplete =
    { $count ->
        [one] { $count } item is
       *[other] { $count } items are
    } not complete. Finish what the list names, then submit.
problem-photo-and-text-required = An item that does not conform needs at least one photo and a text. Add them, then submit.
problem-controller-required = The controller brand is missing. Choose it, or “none” if the site has no controller.
problem-controller-photo-required = The photo of the controller is missing. Photograph its panel or, where there is none, anything on site, then submit.
problem-selfie-required = The submitter's selfie is missing. Take one, then submit.
problem-restore-missing =
    { $systems ->
        [one] { $systems } system is not confirmed to be back in automatic. Set it back, take a photo of its panel and confirm it, then submit.
       *[other] { $systems } systems are not confirmed to be back in automatic. Set them back, take a photo of each panel and confirm them, then submit.
    }
problem-checklist-incomplete = Lines of the firm's checklist are not confirmed. Confirm each of them, then submit.
problem-checklist-line-unknown = The checklist of this task has no such line. Sync, then confirm the lines that it has.
problem-demands-differ = The task began with other demands of the firm than it was issued with; the record is kept but not counted. Sync and start the task anew, or ask the project lead to decide.
problem-review-not-yours = The firm leaves the review of this task to somebody else. Let the project lead or the technical director review it.
problem-ways-below-rules = A firm may ask for more than the rules, never for less. Enter a value that is not below them.
problem-ways-out-of-range = This value is out of range, stands twice or is not known. Change it as the hint says, and save again.
problem-witness-missing = The signature of the owner's witness is missing. Enter name and role and have it signed, then submit.
problem-task-handed-over = This task was handed over to somebody else; what was recorded later does not count. Ask who has it now, or the project lead.
problem-receiver-not-allowed = The task cannot be handed to this person. Choose another operator or project lead of the firm whose account is open.
problem-calibration-reversed = The calibration ends before it begins. Check both dates.
problem-instrument-unknown = The firm's list has no instrument of this number. Choose one of the list, or have a manager add it.
problem-task-unknown = This task is not known. Sync and try again.
problem-task-not-pending = This task is already reviewed or not waiting for review. Reload to see where it stands.
problem-other-round = This is about another round than the latest. Reload, look again, then do it again.
problem-task-not-editable = The task is waiting for review or approved and cannot be changed. It can be edited again after a rejection.
problem-task-discarded = The task was deleted. What was recorded for it is kept but not counted; start a new task where its items are still issued to you.
problem-task-of-other-project = This task belongs to another project. Open it there.
problem-task-kind-not-offered = This project does not offer this kind of task. Start a task from the plan.
problem-task-items-invalid = The task's list of items is not valid. Choose the items again.
problem-task-not-discardable = The task has been submitted and cannot be discarded. Mend and submit it again, or ask the project lead.
problem-manifest-invalid = The submission's list is not well formed and nothing was submitted. Update the app and try again.
problem-ordinal-invalid = Instances are numbered from 1 to 10,000. Choose the instance again.
problem-round-wrong = The round of this submission does not match the server. Sync, then submit again.
problem-item-not-in-task = The task has no such item. Choose one from the task's list.
problem-item-differs = The result answers another catalogue item than the task lists. Sync, then answer the item again.
problem-catalogue-differs = The result was answered by another edition of the catalogue than the plan uses. Sync, then answer the item again.
problem-replaces-other-key = A correction must concern the same instance of the same item. Correct it where it was recorded.
problem-value-required = A required value is missing. Enter it and save.
problem-nothing-left = Every instance has a result already. To change one, open that instance.
problem-own-answer-required = One answer for many fits only instances that conform, with a value for each where something is measured. Enter the missing values, and answer by itself each instance that does not conform.
problem-value-malformed = What was entered is not a number. Use digits and a decimal point only.
problem-override-reason-required = Changing the proposed verdict needs a reason. Enter it and save.
problem-verdict-not-offered = This verdict cannot be given here: the kind of the project, or whether the thing can be checked, offers others. Choose one of the verdicts on the form.
problem-untestable-reason-unknown = The plan's catalogue has no such reason for “untestable”. Choose another reason and save.
problem-untestable-reason-required = “Untestable” needs a reason. Enter it and save.
problem-text-required = The text is missing. Enter it and try again.
problem-text-too-long = The text is longer than { $max } characters. Shorten it and try again.
problem-text-several-lines = The text has line breaks where one line is wanted. Remove them and try again.
problem-text-control-character = The text holds a control character that cannot be used. Delete it and type it again.
problem-text-not-normalised = The text is not in the normal form of its letters and was not saved. Type it again.
problem-id-malformed = The id is not well formed. Check it and try again.
problem-login-white-space = A login holds no blank. Write it without blanks.
problem-file-unreadable = The file cannot be read. Choose another file, or check that the app may open it.
problem-photo-empty = The photo file is empty. Take it again or choose another one.
problem-photo-too-large = The photo is larger than 30 MiB. Choose a smaller one.
problem-photo-too-many-pixels = The photo has more than 100 megapixels. Lower the camera's resolution and take it again.
problem-photo-needs-memory = The phone does not have enough memory to open this photo. Lower the camera's resolution, or save it as a usual JPEG (not progressive), and try again.
problem-photo-needs-preview = HEIC and AVIF pictures cannot be opened here. Take the photo with the app, or set the camera to JPEG.
problem-photo-damaged = The photo is damaged and cannot be opened. Take it again.
problem-photo-format-unsupported = This picture format is not supported. Use JPEG, PNG or WebP.
problem-photo-on-its-way = The phone that took this photo has not sent it yet. Look at it again later.
problem-move-not-possible = This result cannot be moved there, so nothing was changed. A result for one instance moves to an instance without a result, whose item asks for the same, in a task that is not handed in. Choose another place.
problem-photo-unknown = This photo is not known. Reload and try again.
problem-track-unreadable = The track file cannot be read. Check that it is a complete GPX.
problem-track-empty = The track has no point. Choose another file.
problem-track-too-large = The track is larger than 20 MB or 200,000 points. Split it and try again.
problem-track-time-missing = No point of the track has a time. Choose a track with times.
problem-track-time-implausible = The times of the track are implausible. Check the recorder's clock.
problem-track-out-of-range = The track holds values out of range and does not count. Contact support.
problem-track-not-running = No track is running. Start the task's track first.
problem-track-already-running = The track is already running. There is no need to start it again.
problem-folder-in-use = This account is open already on this phone. Close the app that has it open, and try again.
problem-journal-unavailable = The phone's journal cannot be opened and this was not saved. Reopen the app and try again.
problem-storage-damaged = The phone's journal is damaged, and writing has stopped to protect the data. Do not delete the app; export and contact an administrator.

## Review and faults

problem-reviewer-not-qualified = The reviewer has no valid fire engineer's registration. Let a qualified project lead or technical director review it.
problem-faults-not-handled =
    { $count ->
        [one] { $count } fault of the task is
       *[other] { $count } faults of the task are
    } not handled yet, so it cannot be approved. Handle what is open first, or reject the task.
problem-evidence-incomplete =
    { $missing ->
        [one] { $missing } file of the task is
       *[other] { $missing } files of the task are
    } not on the server yet or no picture, so it cannot be approved. Wait for the upload. If a photo's file is no picture, reject the task.
problem-opinion-required = The review opinion is missing. Enter it and submit again.
problem-own-submission = You are reviewing a task that you submitted. Let somebody else do it if you can.
problem-fault-unknown = This fault is not known. Reload and try again.
problem-fault-closed = This fault is closed and cannot be handled again. See its history.
problem-only-repair-follows = The owner has refused the repair of this fault, so only the owner’s agreement can follow, and this way was not saved. If the refusal was noted by mistake and the task is not approved yet, reject the task: the handling of its faults begins anew.
problem-only-at-review = Negotiating with the owner can be chosen only while the task waits for its review. Choose another way.
problem-team-lead-required = This way of handling needs a team lead. Choose one and save.
problem-repair-plan-required = A repair needs a repair plan. Enter it and save.
problem-team-lead-unfit = This person cannot be team lead: the account is closed, or is neither an operator’s nor a lead’s. Choose another team lead.
problem-team-lead-same = This person is the team lead of this dispatch already, so nothing was changed. Choose another team lead.
problem-dispatch-open = A dispatch of this fault is not finished yet, so the fault cannot be handled otherwise. Wait until its team lead has finished. Until the work begins, and once the team lead’s account is closed, another team lead can be named on the page of the dispatch.
problem-dispatch-unknown = This dispatch was not found, so the record does not count. Sync and look at the list of dispatches again.
problem-not-the-team-lead = Only the named team lead receives and executes this dispatch, so the record does not count. To change the team lead, talk to the project lead.
problem-invalid-task-state = A dispatch is issued, received, executed and finished in this order. This step cannot be taken now and was not saved. See where the dispatch stands.
problem-details-required = A finished dispatch needs details. Enter what was done and what came of it, and save.
problem-explanation-required = This way of handling needs an explanation. Enter it and save.
problem-record-empty = Nothing was filled in, so nothing was saved. Fill in at least one point of the record.
problem-attachment-too-large = The attachment is larger than { $max } MiB and was not saved. Choose a smaller file and try again.
problem-attachment-format-unsupported = An attachment must be a picture (JPEG, PNG, WebP, HEIC, AVIF) or a PDF. Choose another file and try again.
problem-attachment-unknown = The server has no such attachment of yours. Choose the file again.
problem-too-many-attachments = There are more than { $max } attachments, or one stands twice. Leave some out and try again.
problem-repair-state-wrong = Somebody else has dealt with this request meanwhile. The page says how it stands now.
problem-already-done = This was already done. There is no need to do it again.

## Reports

problem-plan-reported = This plan has a report already. To change it, delete the report while it is not filed, and generate it again.
problem-pdf-required = This report needs a PDF. Choose a PDF of less than 10 MB and try again.
problem-pdf-unreadable = The PDF cannot be read: it is damaged, encrypted or longer than { $pages } pages. Remove its password or export it again, then upload it.
problem-direct-upload-not-allowed = The system writes the report of this project; none is uploaded. Where phones are forbidden, the corps must approve that first.
problem-conclusion-required = An inspection report needs a conclusion. Choose whether the facilities are qualified.
problem-plan-not-fully-approved = { $open } items of the plan are not approved yet. Generate the report when all of its tasks are approved.
problem-facility-not-covered = No ticked task covers the facility “{ $facility }”. Tick the task that tests it, or restore its ignored items.
problem-report-period-over = The month (quarter, year) of the plan is over, so no report can be generated. Ask a manager whether the region allows overdue reports.
problem-report-task-required = No task of the plan is ticked. Tick at least one.
problem-report-task-unfit = The task “{ $task }” cannot be in this report. Reload and tick approved tasks.
problem-task-reported = The task “{ $task }” is in another report. Untick it.
problem-task-submitted-late = The task “{ $task }” was not submitted in time, or nothing proves that it was. The report of this month (quarter, year) cannot contain it.
problem-report-date-outside = The day of the report must lie in the month (quarter, year) of the plan, and not after today. Correct the day.
problem-service-dates-invalid = The days of service are reversed, or later than the day of the report. Correct them.
problem-report-code-taken = The report code “{ $code }” was used before. Choose another one; the code of a deleted report stays used.
problem-report-code-malformed = The code of the report has not the form of this region. Write it like “{ $example }”.
problem-code-pattern-invalid = This is no form of a report's code. Write one run of # for the number, and if you like YYYY for the year and MM for the month, such as ZXJYYYY No.####.
problem-retention-out-of-range = The years that files are kept are out of range. Give 1 to 50 years.
problem-retention-changed = The retention of this region has changed since this page was made. Look at what is past now, and decide again.
problem-filing-days-out-of-range = The time to file a report is out of range. Give 1 to 60 working days.
problem-report-not-printed = The PDF of the report was not made. The report itself is kept and can be read as a page; ask the administrator to check the program firebee-report and the Chinese fonts on the server, then try again.
problem-report-filed-immutable = The report is filed and can neither change nor go. If it was filed by mistake, apply for an operation change.
problem-report-not-filed = The report is not filed. Delete it and generate it again.
problem-copies-out-of-range = Between 1 and { $most } copies can be issued. Correct the number.
problem-report-list-full = This report has { $most } such entries already. Ask your administrator.
problem-reports-unchosen = No report is ticked, or more than { $most } at once. Tick the reports and try again.
problem-too-many-asks = That was asked too often. Wait { $seconds } seconds and try again.
problem-report-file-foreign = This file is no report that can be verified: it cannot be read as a PDF, or holds no snapshot of a report. Take the PDF as it was generated, not a scan and not a copy that another program saved.
problem-report-code-differs = The code that was given is not the one of this file, which is { $code }. Compare it with the cover again; if the cover does say another one, the file was changed.
problem-report-characters-lost = “{ $characters }” of this report cannot be printed; the PDF shows 〓. Until it is filed, rewrite the text where it comes from and generate the report again.
problem-text-unprintable = “{ $characters }” cannot be printed in a report and would show as 〓. Rewrite it; to keep it, send the form once more as it is.

## Office records

problem-other-organisation = It belongs to another organisation, so you may neither see nor change it. Check which account you are signed in with.

## The demo

problem-api-token-invalid = The token is unknown, has expired or was revoked. Have a manager make another one, on the page Tokens of programs.
problem-api-scope-missing = The token does not open this. Have a manager make one with the scope { $scope }.
problem-api-scope-required = A token that opens nothing is of no use. Choose at least one thing that it opens.
problem-api-token-days-wrong = A token holds for 1 to { $max } days. Enter a number of days between them.
problem-api-tokens-full = The firm has { $max } valid tokens, which is the most. Revoke one that nobody uses.
problem-webhook-address-malformed = This is no address of a receiver. Enter one such as https://erp.example/firebee.
problem-webhook-address-insecure = The address does not begin with https, so anybody on the way could read along. Use https, or have whoever runs the server allow this host.
problem-webhook-address-private = The address lies in a private network, where the server does not go. Use a public one, or have whoever runs the server allow this host.
problem-webhook-event-required = A webhook that is told nothing is of no use. Choose at least one event.
problem-webhooks-full = The firm has { $max } webhooks that are on, which is the most. Switch one off first.
problem-robot-address-foreign = This is no address of a robot of this platform. Copy it from the settings of the robot in the group.
problem-robots-full = The firm has { $max } robots that are on, which is the most. Switch one off first.
problem-monitoring-count-wrong = A delivery has 1 to { $max } events. Send several deliveries.
problem-monitoring-time-wrong = Event { $at } of the delivery lies more than a day ahead or more than a year back. Check the clock of the source.
problem-monitoring-event-turned = This event is a repair request already. Read it in the list of events.
problem-folder-unreadable = The folder cannot be read. Check its path and its permissions and try again.
problem-demo-data-exists = The folder already holds data of a server. Name an empty folder, or move the data away first.
problem-fixtures-missing = The pictures and walks of the project are not there. Run make demo in the project's folder, or name folders with --photos and --tracks.
