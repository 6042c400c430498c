personnel-no-account = no account
personnel-male = male
personnel-female = female
personnel-certificate = { $kind } ({ $level })
personnel-engineer-1 = level 1
personnel-engineer-2 = level 2
personnel-operator-1 = grade 1
personnel-operator-2 = grade 2
personnel-operator-3 = grade 3
personnel-operator-4 = grade 4, intermediate
personnel-operator-5 = grade 5
personnel-left = left on { $day }
personnel-present = with the firm
personnel-ended = a certificate ended on { $day }
personnel-ending =
    { $count ->
        [one] a certificate ends in { $count } day
       *[other] a certificate ends in { $count } days
    }
personnel-engineer = Registered engineer
personnel-operator = Facility operator
personnel-fire-guard = Building fire guard
