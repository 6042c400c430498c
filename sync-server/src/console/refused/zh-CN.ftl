refused-not-found = 没有找到这个页面
refused-title = 没有完成
refused-to-home = 回到待办
