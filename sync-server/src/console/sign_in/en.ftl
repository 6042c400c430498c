sign-in-title = Sign in
sign-in-lead = For company managers, project leads and technical directors. Field operators use the app.
sign-in-wait =
    The password was wrong several times. Wait { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    } and try again.
sign-in-disabled = This account is disabled. Ask a company manager to enable it.
sign-in-password = Password
sign-in-kept = The session had ended, so the form was not sent. What you filled in is kept: sign in, then send it again. Choose attachments again.
