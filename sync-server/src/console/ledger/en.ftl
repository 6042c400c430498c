ledger-title = Ledger of the work
ledger-month = Month
ledger-year-shown = { $year }
ledger-before = Year before
ledger-after = Year after
ledger-counted = The numbers beside the states count projects in { $period }. Choose a month for another period; a state shows only the projects that stand there.
ledger-late-only = Late
ledger-month1 = Jan
ledger-month2 = Feb
ledger-month3 = Mar
ledger-month4 = Apr
ledger-month5 = May
ledger-month6 = Jun
ledger-month7 = Jul
ledger-month8 = Aug
ledger-month9 = Sep
ledger-month10 = Oct
ledger-month11 = Nov
ledger-month12 = Dec
ledger-quarter1 = Q1
ledger-quarter2 = Q2
ledger-quarter3 = Q3
ledger-quarter4 = Q4
ledger-year = Year
ledger-period = Month
ledger-next-title = Make and issue plans at once
ledger-next-lead = Makes and issues the plans of the next period after the last assignment of each project. Pauses, terminations and last days are respected. See what happens to each, then confirm.
ledger-next-what = What happens
ledger-next-why = Why
ledger-next-each = What happens to each project
ledger-next-none = No project fits.
ledger-next-shown = Only the projects of the list below are dealt with, as it is filtered.
ledger-next-nothing = Nothing is to do for the projects below.
ledger-next-faster = Nothing was done: somebody was faster, or things have changed. The list says how it stands now.
ledger-next-summary =
    { $count ->
        [0] { $period }: no plan to make or issue
        [one] { $period }: the plan of { $count } project to make or issue
       *[other] { $period }: the plans of { $count } projects to make or issue
    }
ledger-next-button =
    { $count ->
        [one] Make and issue the plan of { $count } project
       *[other] Make and issue the plans of { $count } projects
    }
ledger-done-next = Done. The executors' phones get it when they are next online; the list says how each project stands now.
ledger-year-title = Plans of { $year }
ledger-year-lead = How far the plans of months, quarters and the year are. Each opens its plan, tasks or report.
ledger-year-missing = Make the year's plans
ledger-year-missing-lead = Makes every plan of the year that is not there. Months that are paused or outside the contract get none. They are issued when their time comes, many at once if you like.
ledger-year-which = Which plans
ledger-year-make = Make what is missing
ledger-done-year = The missing plans of the year are made.
ledger-year-link = The year's plans
