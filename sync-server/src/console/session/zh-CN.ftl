session-title = 管理台登录
session-lead = 仍然有效的管理台登录。在别处忘记退出的，可以在这里结束；手机的登录在“手机”中处理。
session-began = 登录于
session-seen = 最近使用
session-here = 当前登录
session-end = 结束此登录
session-done = 登录已结束。
