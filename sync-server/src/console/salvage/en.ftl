salvage-title = Take in a phone's export file
salvage-lead = A phone that cannot reach the server writes an encrypted file, which is taken in here. The effect is as if the phone had sent it; when the phone sends the same later, nothing is doubled.
salvage-file = Export file
salvage-send = Take it in
salvage-done =
    Taken in: { $facts ->
        [one] { $facts } record
       *[other] { $facts } records
    }, { $blobs ->
        [one] { $blobs } file
       *[other] { $blobs } files
    }.
salvage-not-counted =
    { $count ->
        [one] { $count } record does
       *[other] { $count } records do
    } not count:
salvage-unnamed =
    { $count ->
        [one] { $count } file is
       *[other] { $count } files are
    } named by no record and was not kept.
