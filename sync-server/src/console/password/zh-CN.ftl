password-title = 修改密码
password-forced = 当前密码是别人给的，继续之前请换成只有您知道的密码。
password-rule = 至少 8 个字符，不要用常见的密码。修改后，其他已登录的管理台会退出。
password-old = 当前密码
password-new = 新密码
password-again = 再输入一次新密码
password-save = 保存新密码
password-done = 密码已修改。
