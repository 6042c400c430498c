account-title = 我的
account-sign-out = 退出登录
account-name = 姓名
account-role = 身份
account-organisation = 机构
