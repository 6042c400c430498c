refused-not-found = 没有找到这个页面
refused-title = 没有完成
refused-to-home = 回到待办
refused-server-busy = 服务器正忙，没有完成。请稍后再试。
refused-server-full = 服务器存储空间不足，没有完成。请联系管理员清理空间。
