account-title = Me
account-sign-out = Sign out
account-name = Name
account-role = Role
account-organisation = Organisation
