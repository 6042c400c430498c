# 手机核心的文字。

phone-last-sync = { $waiting } 条待上传，上次同步 { $time }
