plan-counts = 已完成 { $completed } 项，未完成 { $open } 项，待下发 { $left } 项
plan-deadline = 截止 { $date }，{ $left }
plan-lead = 项目负责人：{ $name }。可以分批下发给不同的人。
plan-item-count = { $count } 项
plan-cover = 已勾选设施 { $all } 个，其中 { $open } 个未完成
plan-cover-ignored = 以下设施的测试项全部被忽略，本计划不能生成报告：{ $names }。请至少恢复其中一项。
plan-cover-without = 本期无测试项：{ $names }
plan-too-late = 有 { $count } 个任务不能证明在截止日之前提交，不能列入本期报告。
