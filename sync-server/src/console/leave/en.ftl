leave-title = Handing over
leave-lead = This is what is unfinished on the phone, in the tasks, in the dispatches and in the reviews of this person. What is issued and not begun, and the dispatches, go to somebody else in one act. What was begun is sent by the phone and reviewed as ever.
leave-no-phone = No phone holds this account, and none owes anything.
leave-issued = Issued, not begun
leave-items =
    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
leave-none = Nothing.
leave-next = Goes to
leave-hand-over = Hand all of it over
leave-dispatches = Dispatches that are not finished
leave-begun = A dispatch that is begun stays with this person while the account is open. Close the account, then hand it over here; its log says who had begun.
leave-tasks = Tasks that are begun and not approved
leave-led = Projects that this person leads
leave-reviews =
    { $count ->
        [one] { $count } task waits
       *[other] { $count } tasks wait
    } for the review
leave-done = Handed over. The phone of the other person gets it at its next sync.
leave-led-lead = The other lead’s phone and pages get these projects at once, with every task that waits for the review, every fault and every record to decide on.
leave-led-reviews = Show what waits
leave-led-choose = Choose a lead
leave-led-hand-over = Hand the projects over
leave-lead-done = Handed over. The reviews wait for the other lead now.
