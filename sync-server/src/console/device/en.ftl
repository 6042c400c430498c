device-title = Phones
device-lead = When each phone was last heard, what has arrived from it, and what it noted about itself. A phone that lost its account stays under “To watch” until everything that it recorded is on the server and it has signed out.
device-all = All phones
device-none = There is no phone that you may see.
device-name = Phone
device-holder = Holder
device-seen = Last heard
device-claimed = Signed in
device-arrived-title = Arrived
device-version = Version
device-holds = Holds the account
device-fenced = Released
device-disabled = Account disabled
device-closed = Signed out
device-revoked = Key dropped
device-every = All
device-owing = To watch
device-arrived =
    Received: { $facts ->
        [one] { $facts } record
       *[other] { $facts } records
    }. When it was last heard, { $unsent_facts ->
        [one] { $unsent_facts } record
       *[other] { $unsent_facts } records
    } and { $unsent_blobs ->
        [one] { $unsent_blobs } file
       *[other] { $unsent_blobs } files
    } were missing.
device-whole =
    Received: { $facts ->
        [one] { $facts } record
       *[other] { $facts } records
    }. Nothing that is known of is missing.
device-late = Waits for a decision
device-freed = Released
device-notes = What phones noted
device-notes-all = What all phones noted
device-notes-lead = What a phone itself found odd: a jump of its clock, a mock location, a missing permission, a receipt of the wrong time. A note changes no task; it is there for reviews and audits.
device-notes-none = There are no notes.
device-notes-count = { $count }
device-note = Note
device-time = Time
device-note-lost = A file on the phone is damaged or gone ({ $blob }).
device-note-location = The permission to locate at all times is missing.
device-note-permission = A permission is missing: { $permission }.
device-note-clock-ahead = The phone's clock was set ahead by { $length }.
device-note-clock-back = The phone's clock was set back by { $length }.
device-note-mock = The system reported a mock location.
device-note-receipt = The receipt of record { $seq } has a time that the phone's clocks do not allow.
device-note-digest = The data on the phone differed from the server's and were pulled again.
device-unsent-facts = Unsent records
device-unsent-files = Files not arrived
device-storage = Storage
device-free = { $gigabytes } GB free
device-kept = app keeps { $megabytes } MB
device-clock = Clock
device-clock-right = Right
device-clock-fast = { $length } fast
device-clock-slow = { $length } slow
