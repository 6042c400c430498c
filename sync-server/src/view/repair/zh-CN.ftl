repair-closed = 已办结
repair-inside = 单位内部处理中
repair-sent = 待处理
repair-step-asked = 提交报修
repair-step-closed = 办结
repair-step-passed-on = 转交服务机构
repair-step-taken-up = 服务机构受理
repair-taken-up = 已受理
