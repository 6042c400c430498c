apply-title = First application for an account
apply-lead = Fill in the three lists, print the four documents, seal them (the undertaking is signed as well), upload the scans, and submit. The paper copies go to the corps.
apply-reason = Returned because:
apply-waits = The application is submitted and waits for the corps.
apply-steps = Fill in
apply-filled = filled in
apply-empty = not filled in
apply-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
apply-documents-lead = Print, seal and scan each document once its data are complete, and upload one picture or PDF of it. A document whose data change needs another scan.
apply-scanned = uploaded
apply-submit = Submit the application
apply-save = Save
apply-annex-lead = Name, credit code, legal representative and registered address are those of the business licence.
apply-as-licence = As on the business licence.
apply-contact-hint = The contact will hold the first office account of the firm.
apply-add = Add somebody
apply-remove = Remove
apply-scan = Sealed scan
apply-scan-hint = A picture or a PDF of at most { $max } MB.
apply-upload = Upload
apply-print = Print this document
