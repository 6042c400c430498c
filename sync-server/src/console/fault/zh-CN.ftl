fault-list = 故障
fault-none = 没有故障。
fault-item = 测试项
fault-found = 发现时间
fault-to-issue = { $count } 个派工待下达
fault-month = 发现月份
fault-origin = 故障来源
