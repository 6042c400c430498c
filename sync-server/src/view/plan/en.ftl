plan-counts = { $completed } completed, { $open } not completed, { $left } to issue
plan-deadline = Due { $date }, { $left }
plan-lead = Project lead: { $name }. Further batches may go to other people.
plan-item-count =
    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
plan-cover =
    { $all ->
        [one] { $all } ticked facility
       *[other] { $all } ticked facilities
    }, { $open } unfinished
plan-cover-ignored = Every item of these facilities is left out, so this plan cannot be reported: { $names }. Restore at least one item of each.
plan-cover-without = No item in this period: { $names }
plan-too-late =
    { $count ->
        [one] { $count } task was
       *[other] { $count } tasks were
    } not handed in by the last day, as far as can be proved. The report of this period cannot hold them.
