refused-not-found = There is no such page
refused-title = Not done
refused-to-home = Back to what needs me
