track-pieces = { $here } of { $total } pieces of the day's track are on the server
