repair-closed = Closed
repair-inside = With the unit
repair-sent = To handle
repair-step-asked = Asked
repair-step-closed = Closed
repair-step-passed-on = Passed on to the firm
repair-step-taken-up = Taken up by the firm
repair-taken-up = Taken up
