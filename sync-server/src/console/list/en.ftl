list-filter = Filter by state
list-page = Page { $page }
list-newer = Newer
list-older = Older
