# The texts of the phone's core.

phone-last-sync = { $waiting } waiting, last sync { $time }
