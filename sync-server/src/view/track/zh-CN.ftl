track-pieces = 当天 { $total } 段轨迹，已收到 { $here } 段
