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
plan-ladder-tasks =
    { $count ->
        [one] First delete the task at work: its engineer does it on the phone; one that the phone does not show is deleted from the list
       *[other] First delete the { $count } tasks at work: their engineers do it on the phone; one that the phone does not show is deleted from the list
    }
plan-ladder-items =
    { $count ->
        [one] Then take the issued item back that nobody has started
       *[other] Then take the { $count } issued items back that nobody has started
    }
plan-ladder-plan = Then the plan can be deleted
