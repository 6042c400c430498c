region-title = Settings of the region
region-lead = The administrator of the server sets them; each change is kept.
region-name = Region
region-legal-note = Law that asks for the filing
region-report-code = Form of a report's code
region-free = Free text
region-fence-radius = Radius of a fence for which nobody types one
region-metres = { $metres } m
region-filing-days = Time to file a report
region-working-days = { $days } working days
region-overdue = A report that is generated after its period
region-overdue-refuse = Refused
region-overdue-mark = Made, and marked overdue
region-selfies = Selfies are printed in reports
region-yes = Yes
region-no = No
region-unset = Not set
region-changes = Changes
region-no-change = Nothing was changed; the values above are those that hold by themselves.
region-keep-photo = Photos and selfies are kept
region-keep-signature = Signatures of witnesses are kept
region-keep-track = Tracks are kept
region-keep-file = Attached files are kept
region-years = { $years ->
    [one] { $years } year
   *[other] { $years } years
}
