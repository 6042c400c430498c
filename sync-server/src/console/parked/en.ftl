parked-title = Received, not counted
parked-lead = The server keeps these records as they are but does not count them, for the reason given. Nothing is lost, and the author's phone shows the reason too.
parked-all = Show all
parked-none = Every record counts.
