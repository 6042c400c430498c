facility-positions = Positions
facility-positions-none = There is no list of positions yet.
facility-place = Position
facility-ordinal = Number
facility-tag = Tag
facility-last = Last result
facility-faults = Open faults
facility-keep = Keep the list
facility-keep-lead = One position a line. The text of a QR code or NFC tag stands behind the position, after a tab or “|”. A tag that was on the list keeps its number, however the position is worded; without a tag the position keeps it. A new one gets a new number.
facility-changed = What somebody else changed meanwhile
facility-added = Stands in the list now:
facility-removed = Stood in the list before:
facility-changed-more =
    { $count ->
        [one] { $count } more line
       *[other] { $count } more lines
    }
facility-list = List
facility-keep-button = Save the list
facility-design = Design values
facility-design-none = No design value has been entered yet.
facility-enter = Enter a design value
facility-enter-lead = Each value names its source. Earlier values stay; the one entered last counts.
facility-field = Which
facility-value = Value or option
facility-source = Source
facility-date = Date of the source
facility-enter-button = Enter
facility-variant = variant that applies
facility-option = { $value }: { $label }
facility-done-positions = The list is saved. Phones use it after their next sync.
facility-done-design = The design value is entered. Phones use it after their next sync.
