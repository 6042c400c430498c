list-filter = 按状态筛选
list-page = 第 { $page } 页
list-newer = 较新
list-older = 较早
