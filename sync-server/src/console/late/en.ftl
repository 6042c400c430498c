late-title = Late records
late-lead = These records come from a phone that no longer holds its account: it was lost or replaced, or the account was disabled. The server keeps them as they are, and they have no effect until you decide.
late-none = No record waits for a decision.
late-task-new = A task that does not count yet
late-facts =
    { $count ->
        [one] { $count } record waits
       *[other] { $count } records wait
    } for a decision
late-files = { $done } of { $total } files of the task are on the server
late-by-server = the server's administrator
late-freed = The account was taken from this phone by { $name }, { $when }
late-why = Why it was taken
late-arrived = Files
late-round = Submission { $round }
late-choose = The decision is about the ticked records only. What is adopted is judged like any other record; what does not count even so tells its reason.
late-decision = Decision
late-adopt = Adopt: as if they had come in time
late-refuse = Refuse: kept as they are, never counted
late-reason = Reason
late-submit = Decide
late-done-adopted = Adopted. Whatever is not listed below counts now.
late-done-refused = Refused. The records are kept as they are.
