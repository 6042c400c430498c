undecided-title = Records to decide on
undecided-lead = The server has received these records, and they do not count: they came late from a phone that had lost its account, or they are about items that somebody else has. Nothing of them has an effect until you decide.
undecided-none = No record waits for a decision.
undecided-task-new = A task that does not count yet
undecided-facts =
    { $count ->
        [one] { $count } record waits
       *[other] { $count } records wait
    } for a decision
undecided-files =
    { $total ->
        [one] { $done } of { $total } file of the task is on the server
       *[other] { $done } of { $total } files of the task are on the server
    }
undecided-by-server = the server's administrator
undecided-freed = The account was taken from this phone by { $name }, { $when }
undecided-why = Why it was taken
undecided-arrived = Files
undecided-choose = The decision is about the ticked records only. What is adopted is judged by the plan as it stands now; what does not count even so tells its reason.
undecided-decision = Decision
undecided-adopt = Adopt: count it, as if it had come in time and had been issued to its author
undecided-refuse = Refuse: kept as they are, never counted
undecided-reason = Reason
undecided-submit = Decide
undecided-done-adopted = Adopted. Whatever is not listed below counts now.
undecided-done-refused = Refused. The records are kept as they are.
undecided-waits = Waiting
undecided-received = Last received
undecided-because = Reason
