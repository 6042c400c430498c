list-filter = 按状态筛选
list-not-yet = 还没有
list-file = 导出表格（CSV）
list-sure = 时间依据
list-search = 查找
list-find = 查找
list-first = 第一页
list-next = 下一页
