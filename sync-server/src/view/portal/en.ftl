portal-faulty =
    { $count ->
        [one] { $count } open fault
       *[other] { $count } open faults
    }
portal-maintained = Last maintained: { $day }
portal-maintained-never = No maintenance has been approved yet.
portal-missing = Reports not issued: { $months }
portal-new-fault = Fault found
portal-new-report = New report
portal-sound = No open fault
portal-stopped =
    { $count ->
        [one] { $count } system stopped
       *[other] { $count } systems stopped
    }
portal-unknown = Not maintained yet
