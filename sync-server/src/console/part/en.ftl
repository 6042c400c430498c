part-project = Project
part-owner = Owner
part-lead = Project lead
part-state = State
part-about = About
part-executor = Executor
part-login = Account
