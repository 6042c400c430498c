password-title = Change password
password-forced = Somebody gave you this password. Before you go on, choose one that only you know.
password-rule = At least 8 characters, and not a common one. Other browsers that are signed in will be signed out.
password-old = Present password
password-new = New password
password-again = New password again
password-save = Save the new password
password-done = The password is changed.
