# The story that the demo tells in the terminal, and the firm, the people and the words in it.

demo-title = Firebee demo: from a tap without signal to a verified row on the server

## Chapters

demo-chapter-office = 1. The office: a firm, and this month's plan
demo-chapter-sign-in = 2. Signing in: one account, one phone
demo-chapter-cellar = 3. The cellar: no signal, and work goes on
demo-chapter-link = 4. The link is back: lost replies, resets, duplicates
demo-chapter-review = 5. Review: no approval with open faults; rejected, mended, approved
demo-chapter-dispatch = 6. Dispatches: received, executed, finished; what is left is handled anew
demo-chapter-outside = 7. Outside the plan: what somebody notices is tested, too
demo-chapter-ranges = 8. Six hundred detectors, two entries
demo-chapter-lost = 9. A lost phone: nothing is lost, and nothing counts unseen
demo-chapter-hand-over = 10. Hand-over and witness: one holds the pen, the owner signs
demo-chapter-report = 11. The report: made of what was approved, filed by the technical director
demo-chapter-owner = 12. The owner: reads the report, and asks for a repair
demo-chapter-oversight = 13. The fire service: decides an application, samples a week
demo-chapter-follow = 14. The next month: what the report left open is followed, and resolved
demo-chapter-audit = 15. The audit: everything has stopped, another process reads the server's data

## The story

demo-server-started = The server runs at { $url }; its data are in { $data }.
demo-firm-loaded = { $firm } is set up: { $people } people, { $projects ->
    [one] one project
   *[other] { $projects } projects
}, a fence of 200 m.
demo-plan-issued = The manager { $manager } makes the plan for { $month } and issues { $items } items to { $one } and { $other }.
demo-signed-in = { $name } signs in on “{ $device }” and receives { $items } items.
demo-lead-signed-in = The project lead { $name } signs in on “{ $device }”.
demo-second-phone = A second phone claims the account of { $name } and is refused: { $reason }
demo-link-cut = The link is cut.
demo-worked = { $name } submits { $tasks ->
    [one] one task
   *[other] { $tasks } tasks
}: { $results } results ({ $nonconform } nonconforming), { $photos } photos, { $walks ->
    [one] one walk
   *[other] { $walks } walks
}.
demo-waiting =
    { $facts ->
        [one] { $facts } fact
       *[other] { $facts } facts
    } and { $blobs ->
        [one] { $blobs } file
       *[other] { $blobs } files
    } wait on the phones.
demo-link-back = The link is back, and it is a bad one.
demo-arrived = Everything has arrived: { $facts } facts and { $blobs } files. On the way: replies lost { $lost }, files reset { $resets }, pushes duplicated { $duplicates }.
demo-too-early = { $name } wants to approve “{ $task }” at once and is refused: { $reason }
demo-rejected = { $name } rejects “{ $task }”: { $opinion }
demo-mended = { $name } mends it and submits round { $round }.
demo-handled = { $name } handles { $faults } faults: troubleshoot, repair, owner refuses, out of scope, talking with the owner.
demo-dispatched = The team leads finish: { $resolved } resolved, { $unresolved } unresolved, with photos and details.
demo-handled-anew = { $name } handles { $faults } unresolved faults anew: the owner refuses.
demo-approved =
    { $name } approves { $tasks ->
        [one] the task
       *[other] all { $tasks } tasks
    }.
demo-outside = { $name } sees a detector whose light is off and tests it at once, outside the plan: number { $number } gives no alarm.
demo-outside-approved = { $name } talks with the owner about it and approves the test.
demo-ranges-before = Then the month's test of all detectors. At number { $number } the phone of { $name } shows what was found there last: { $verdict }.
demo-ranges = Number { $number } fails again, judged by what was entered; one more entry says that all others are in order. { $entries } entries for { $count } detectors.
demo-ranges-approved = On the server each detector has an answer of its own. { $name } approves.
demo-lost = Without signal { $name } hands in another test. Then the phone is lost, with { $facts } facts and { $blobs } files on it.
demo-lost-refused = A new phone does not get the account yet: { $reason }
demo-lost-released = On the console { $manager } takes the account from the lost phone (“{ $reason }”), and { $name } signs in on “{ $device }”.
demo-lost-found = The lost phone is found and sends its { $facts } facts and { $blobs } files. They are kept and do not count: the account is elsewhere.
demo-adopted = { $name } reads them on her own phone and adopts them. The test counts, and she approves it.
demo-restored = The new phone of { $name } is reset and gets an old backup. It notices, and a new journal takes over: no password, and nothing is missing.
demo-witness-asked = On the console { $manager } asks for the owner's signature under every test from now on.
demo-handed-over = { $from } begins a test and hands it over to { $to }: { $reason }
demo-witness-missing = { $to } answers the rest and wants to hand it in: { $reason }
demo-witness-signed = The owner's witness signs on the phone, { $to } hands in, { $lead } approves. Each answer keeps its author.
demo-whole = Every fact of the phones is on the server and counts, and every file is what its hash says.
demo-not-whole = The server's data are not whole: { $lost } lost, { $quarantined } not counted, { $unverified } files not verified.
demo-refused-file = Not used: { $file }. { $reason } ({ $code })
demo-odd-file = Used: { $file }. { $what }.
demo-odd-between = {"; "}
demo-odd-without-time = points without a time, left out: { $count }
demo-odd-not-after = points whose time is not after the one before, left out: { $count }
demo-odd-implausible = points before 2000 or in the future, left out: { $count }
demo-odd-unreadable = points whose place or time cannot be read, left out: { $count }
demo-odd-weeks = points used whose time may be 1,024 weeks too early: { $count }
demo-odd-cut-short = places where the file breaks off: { $count }
demo-odd-walks = walks in it: { $count }
demo-stand-in = No picture could be used; one of the project's own stands in for selfies and faults.
demo-console = Console: { $url }
demo-account = { $role } { $login } password { $password }
demo-ctrl-c = Press Ctrl-C to end.
demo-kept = The data stay in { $data }. To see them again: firebee serve --data { $data }
demo-failed = The demo broke off: { $step }: { $reason }

## Bars

demo-bar-work = { $name } on site
demo-bar-facts = Facts arriving
demo-bar-blobs = Files arriving

## Tables

demo-column-what = What
demo-column-number = Number
demo-column-track = Track
demo-column-points = Points
demo-column-bytes = Bytes
demo-column-inside = In min
demo-column-outside = Out min
demo-column-silent = No min
demo-column-verdict = Verdict
demo-row-recorded = Recorded on the phones
demo-row-accepted = Accepted by the server
demo-row-quarantined = Kept, not counted
demo-row-lost = Lost
demo-row-announced = Files announced
demo-row-verified = Files verified
demo-row-bytes = Bytes verified
demo-row-photos = Photos: used / given
demo-row-tracks = Tracks: used / given
demo-row-rounds = Rounds: submitted / rejected / approved
demo-row-faults = Faults: created / handled / resolved
demo-row-dispatches = Dispatches: issued / resolved / unresolved
demo-row-devices = Phones: refused / lost / restored
demo-row-salvaged = Salvaged: facts / files
demo-row-time = Handed in in time / late / not provable
demo-row-net = Link: lost replies / resets / duplicates
demo-row-seconds = Seconds

## The firm and the people of the story

demo-firm = Antai Fire Services
demo-manager = Wang Jianguo
demo-lead = Li Jing
demo-operator-one = Ma Xiaoyan
demo-operator-other = Zhang Haitao
demo-owner = Zhongyi Tower Property Management
demo-owner-city = Xining
demo-owner-address = 10 Changjiang Road, Chengzhong
demo-contract = Maintenance of Zhongyi Tower
demo-project = Zhongyi Tower
demo-project-numbered = Zhongyi Yard No. { $number }
demo-jurisdiction = Xining Fire Rescue, Chengzhong Brigade
demo-building = Main building
demo-water-position = Second basement
demo-role-manager = Company manager
demo-role-lead = Project lead
demo-role-operator = Field operator
demo-device-one = Ma Xiaoyan's phone
demo-device-other = Zhang Haitao's phone
demo-device-lead = Li Jing's phone
demo-device-second = Another phone
demo-device-new = Zhang Haitao's new phone
demo-controller = GST-LD-8003
demo-instrument = Smoke tester
demo-instrument-number = ST 03
demo-control-room = Operator of the control room
demo-position = Floor { $floor }
demo-words = Checked on site, in good order.
demo-fault-text = { $facility } does not meet the criterion and needs repair.
demo-fault-defect = Damaged
demo-detector-silent = The detector gives no alarm in test smoke.
demo-opinion-reject = Please test the first nonconforming item again and take another photo.
demo-opinion-approve = Complete, approved.
demo-lost-reason = Lost on the way to the site
demo-adopt-reason = Asked him: he was there and tested it.
demo-hand-over-reason = My shift ends.
demo-witness = Sun Min
demo-witness-role = Property manager
demo-repair-plan = Replace the broken part and test again.
demo-details-resolved = The part is replaced, the test is passed.
demo-details-unresolved = A spare part is missing.
demo-way-refused = The owner wants to wait and was told of the risk in writing.
demo-way-scope = The device belongs to the power company.
demo-director = Zhao Min
demo-filing-opinion = Complete; agreed and filed.
demo-reported = { $name } generates the month's reports: { $reports }.
demo-filed = { $name }, the technical director, checks and files them: { $opinion }
demo-printed = The report is printed as a PDF: { $pages } pages, { $bytes } bytes, { $path }
demo-not-printed = The program firebee-report is not built yet. The report can be read as a page; opening its PDF prints it once the program is there.
demo-row-reports = Reports: generated / filed / pages of the PDF
demo-contact = Ma Xiuying
demo-owner-read = { $name }, a contact of the owner, reads the report; the firm sees who has read it: { $views }.
demo-repair-place = Generator room, first basement
demo-repair-words = The generator makes a strange noise
demo-repair-asked = { $name } asks for a repair: { $words }
demo-repair-taken = { $name } takes it up as a fault; the owner sees how it goes.
demo-corps = Qinghai Fire Rescue Corps
demo-detachment = Xining Fire Rescue Detachment
demo-officer = Bao Zhiqiang
demo-pause-reason = Closed for renovation
demo-pause-approved = { $unit } agrees to a pause in { $month }.
demo-sampled = A week later { $unit } draws its sample of the week of { $week }. Tasks: { $tasks }.
demo-check-findings = As it was recorded
demo-checked = { $unit } was on site: { $found }.
demo-followed = { $month }: the owner agrees, { $name } sends { $other }, who repairs it; the filed report counts the fault as resolved.
demo-row-beyond = Owner: read / repairs; fire service: sampled / agreed
