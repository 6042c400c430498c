# 管理台页面。

console-title = Firebee 管理台
console-sign-in = 登录
console-sign-out = 退出登录
