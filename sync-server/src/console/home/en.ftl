home-title = To do
home-nothing = Nothing needs you now.
home-summary =
    { $count ->
        [one] { $count } thing needs you.
       *[other] { $count } things need you.
    }
home-review = Waiting for review
home-review-none = No task waits for review. It appears here when a phone submits it.
home-review-all = Show every task that waits for review
home-faults = Faults to handle
home-faults-all = All unhandled faults
home-plans = Plans to make or issue
home-plans-none = All plans up to this month are made and issued.
home-phones = Phones not heard of for long
home-phones-none = Every phone has sent everything, or was heard within a day.
home-phone-seen = Last heard
home-tile-review = to review
home-tile-faults = faults to handle
home-tile-plans = plans to do
home-tile-parked = not counted
home-tile-phones = silent phones
home-tile-changes = personnel changes to decide
home-tile-applications = applications to answer
home-reports = Reports to file
home-tile-reports = reports to file
home-tile-reported = faults of reports to handle
home-tile-repairs = repair requests
home-tile-pauses = Pauses to decide
home-tile-petitions = Special sites and operation changes to decide
