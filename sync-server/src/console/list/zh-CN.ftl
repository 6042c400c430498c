list-filter = 按状态筛选
list-page = 第 { $page } 页
list-newer = 较新
list-older = 较早
list-not-yet = 还没有
list-file = 导出表格（CSV）
