list-filter = Filter by state
list-not-yet = Not yet
list-file = Export as a table (CSV)
list-sure = How sure this time is
list-search = Search
list-find = Find
list-first = First page
list-next = Next page
