list-filter = Filter by state
list-page = Page { $page }
list-newer = Newer
list-older = Older
list-not-yet = Not yet
list-file = Export as a table (CSV)
