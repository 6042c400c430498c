# The story that the demo tells in the terminal.

demo-title = Firebee demo: from a tap without signal to a verified row on the server
