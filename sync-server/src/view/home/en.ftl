home-plan-late = No plan was issued for { $month }
home-plan-missing = No plan for { $month }
home-plan-to-issue =
    { $count ->
        [one] { $count } item to issue
       *[other] { $count } items to issue
    }
home-phone-unsent =
    Not sent yet: { $facts ->
        [one] { $facts } record
       *[other] { $facts } records
    }, { $blobs ->
        [one] { $blobs } file
       *[other] { $blobs } files
    }.
