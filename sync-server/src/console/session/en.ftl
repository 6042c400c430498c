session-title = Console sessions
session-lead = Sessions of the console that still hold. End here what was left open elsewhere; phones have a page of their own.
session-began = Signed in
session-seen = last used
session-here = This is the present session.
session-end = End this session
session-done = The session is ended.
