refused-not-found = There is no such page
refused-title = Not done
refused-to-home = Back to what needs me
refused-again-title = The form was not sent
refused-again-lead = What you filled in is still here. Check it, then send it again.
refused-again = Send again
refused-not-again = Do not send, back to the page
