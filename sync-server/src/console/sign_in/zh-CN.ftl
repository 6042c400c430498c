sign-in-title = 登录
sign-in-lead = 企业管理人员、项目负责人和技术负责人在这里登录；现场作业人员请使用手机应用。
sign-in-wait = 密码多次不正确。请等 { $seconds } 秒后再试。
sign-in-disabled = 此账号已被禁用。请联系企业管理人员开启账号。
sign-in-password = 密码
sign-in-kept = 登录已失效，刚才的表单还没有提交。您填写的内容已保留，登录后可以再次提交；附件请重新选择。
