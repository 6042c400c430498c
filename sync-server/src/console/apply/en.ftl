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
apply-row = No.
apply-employer = Employer
apply-level = Level
apply-occupation = Occupation
apply-grade = Grade
apply-public-firm = Public: name, services, credit code, legal representative, registered address, contact and phone of the contact.
apply-public-engineers = Public: employer, name, level, validity and day of issue.
apply-public-operators = Public: employer, name, occupation, number and grade of the certificate.
apply-undertaking-fit = The firm holds a business licence, meets the conditions of practice and is able to give its services.
apply-undertaking-true = What it enters here is true; what changes is entered in time and correctly; its basic information may be public.
apply-undertaking-work = It keeps laws and standards, maintains, inspects and evaluates impartially and honestly, enters its projects in time, and accepts the supervision of the authorities.
apply-undertaking-liable = Where this is untrue or is not kept, the firm is liable by law.
apply-signature = Signature of the legal representative:
apply-seal = Seal of the firm, and date:
