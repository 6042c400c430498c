plan-counts = 已完成 { $completed } 项，未完成 { $open } 项，待下发 { $left } 项
plan-deadline = 截止 { $date }，{ $left }
plan-lead = 项目负责人：{ $name }。可以分批下发给不同的人。
plan-item-count = { $count } 项
