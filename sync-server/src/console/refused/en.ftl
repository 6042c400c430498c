refused-not-found = There is no such page
refused-title = Not done
refused-to-home = Back to what needs me
refused-server-busy = The server is busy and nothing was done. Please try again in a moment.
refused-server-full = The server has no room left and nothing was done. Ask an administrator to make room.
