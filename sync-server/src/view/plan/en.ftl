plan-counts = { $completed } completed, { $open } not completed, { $left } to issue
plan-deadline = Due { $date }, { $left }
plan-lead = Project lead: { $name }. Further batches may go to other people.
plan-item-count =
    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
