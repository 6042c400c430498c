frame-title = Firebee 管理台
frame-language = 中文
frame-skip = 跳到正文
frame-nav = 主导航
