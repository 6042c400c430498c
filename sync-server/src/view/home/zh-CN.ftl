home-plan-late = { $month }没有下发计划
home-plan-missing = { $month }还没有计划
home-plan-to-issue = { $count } 项待下发
home-phone-unsent = 还有 { $facts } 条记录、{ $blobs } 个文件没有上传。
