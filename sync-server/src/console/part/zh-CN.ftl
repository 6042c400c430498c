part-project = 项目
part-owner = 业主
part-lead = 项目负责人
part-state = 状态
part-about = 基本信息
part-executor = 执行人员
part-login = 账号
