# What each kind of fact is called.

kind-task-started = Task started
kind-task-described = Task described
kind-system-isolated = System isolated
kind-witness-signed = Witness's signature
kind-result-recorded = Test result
kind-result-moved = Test result moved
kind-photo-taken = Photo
kind-photo-withdrawn = Photo withdrawn
kind-track-segment = Track
kind-task-submitted = Task submitted
kind-task-discarded = Task discarded
kind-review-decided = Review
kind-fault-handled = Fault handled
kind-fault-recorded = Record of a fault
kind-parked-decided = Decision on records that do not count
kind-device-note = Note about the phone
kind-task-items-changed = Items added or taken out
kind-restore-confirmed = Back in automatic
kind-checklist-confirmed = Checklist confirmed
kind-task-handed-over = Task handed over
kind-dispatch-received = Dispatch received
kind-dispatch-started = Dispatch started
kind-dispatch-finished = Dispatch finished
