fault-list = Faults
fault-none = No faults.
fault-item = Item
fault-found = Found
fault-to-issue =
    { $count ->
        [one] { $count } dispatch to be issued
       *[other] { $count } dispatches to be issued
    }
fault-month = Month found
fault-origin = Where it comes from
