# 管理台页面。
## 框架

console-title = Firebee 管理台
console-language = 中文
console-skip = 跳到正文
console-nav = 主导航
console-home = 待办
console-tasks = 任务
console-projects = 项目
console-account = 我的
console-comma = 、
console-not-found = 没有找到这个页面
console-refused = 没有完成
console-to-home = 回到待办

## 登录与密码

console-sign-in = 登录
console-sign-in-lead = 企业管理人员、项目负责人和技术负责人在这里登录；现场作业人员请使用手机应用。
console-sign-in-wait = 密码多次不正确。请等 { $seconds } 秒后再试。
console-sign-in-disabled = 此账号已被禁用。请联系企业管理人员开启账号。
console-sign-out = 退出登录
console-login = 账号
console-password = 密码
console-password-change = 修改密码
console-password-forced = 当前密码是别人给的，继续之前请换成只有您知道的密码。
console-password-rule = 至少 8 个字符，不要用常见的密码。修改后，其他已登录的管理台会退出。
console-password-old = 当前密码
console-password-new = 新密码
console-password-again = 再输入一次新密码
console-password-save = 保存新密码
console-name = 姓名
console-role = 身份
console-organisation = 机构

## 待办

console-home-nothing = 现在没有需要您处理的事项。
console-home-summary = 有 { $count } 项需要您处理。
console-home-review = 等待审核
console-home-review-none = 没有等待审核的任务。手机提交后会出现在这里。
console-home-faults = 未处理的故障
console-home-plans = 要制定或下发的计划
console-home-plans-none = 本月的计划都已制定并下发。
console-home-parked = 已接收未计入
console-home-phones = 长时间没有联络的手机
console-home-phones-none = 所有手机都已上传，或一天内联络过。
console-tile-review = 等待审核
console-tile-faults = 未处理故障
console-tile-plans = 计划待办
console-tile-parked = 已接收未计入
console-tile-phones = 手机没有联络
console-faults-unhandled = { $count } 个故障未处理
console-files-coming = { $count } 个文件未收齐
console-phone-unsent = 还有 { $facts } 条记录、{ $blobs } 个文件没有上传。
console-phone-seen = 最近联络

## 已接收未计入

console-parked-lead = 这些记录服务器已原样保存，但没有计入任务，原因如下。记录不会丢失，作者的手机上也能看到原因。
console-parked-all = 查看全部
console-parked-none = 没有未计入的记录。
console-fact-started = 开始任务
console-fact-described = 填写任务资料
console-fact-submitted = 提交任务
console-fact-discarded = 删除任务
console-fact-result = 测试结果
console-fact-photo = 照片
console-fact-photo-withdrawn = 撤回照片
console-fact-track = 轨迹
console-fact-review = 审核
console-fact-fault = 故障处理
console-fact-other = 其他记录

## 项目

console-project = 项目
console-projects-none = 没有您可以查看的项目。
console-project-active = 服务中
console-project-completed = 已到期
console-project-terminated = 已终止
console-owner = 业主
console-lead = 项目负责人
console-state = 状态
console-about = 基本信息
console-address = 地址
console-period = 服务期限
console-period-value = { $from }至{ $to }
console-fence = 围栏
console-fence-none = 还没有标注位置
console-fence-value = 半径 { $radius } 米，中心 { $lat }，{ $lon }（{ $datum }）
console-buildings = 建筑物
console-buildings-none = 还没有录入建筑物。
console-building-value = { $area } 平方米，地上 { $above } 层，地下 { $below } 层，高 { $height } 米
console-systems = 消防系统
console-systems-none = 还没有勾选设施。
console-kind-maintenance = 维护保养
console-kind-completion-inspection = 竣工检测
console-kind-annual-inspection = 年度检测
console-kind-special-inspection = 专项检测
console-kind-safety-evaluation = 安全评估
console-missing-buildings = 建筑物
console-missing-systems = 消防系统
console-missing-jurisdiction = 管辖单位
console-missing-location = 位置
console-missing-lead = 项目负责人

## 计划

console-plan = 计划
console-plans = 计划
console-plans-none = 还没有计划。
console-executor = 执行人员
console-executors = 执行人员
console-completed = 已完成
console-not-completed = 未完成
console-created = 创建时间
console-plan-new = 新建计划
console-plan-new-lead = 计划包含项目已勾选设施在这一期的全部测试项，名称自动生成。
console-plan-nature = 计划性质
console-plan-month = 计划对应的月份
console-plan-create = 新建计划
console-plan-partly = 部分下发
console-plan-completed = 已完成
console-plan-missing = { $month }还没有计划
console-plan-to-issue = { $count } 项待下发
console-plan-counts = 已完成 { $completed } 项，未完成 { $open } 项，待下发 { $left } 项
console-plan-deadline = 截止 { $date }，{ $left }
console-plan-issue = 下发测试项
console-plan-all = 全部 { $count } 项
console-plan-some = 选择其中的测试项
console-plan-chosen = 已选 { $count } 项
console-plan-executor = 执行人员
console-plan-executor-choose = 请选择
console-plan-lead = 项目负责人：{ $name }。可以分批下发给不同的人。
console-plan-issue-button = 下发
console-plan-ignore = 不做选中的测试项（忽略）
console-plan-ignore-lead = 忽略的测试项不下发，原因会写入报告。可以随时恢复。
console-plan-ignore-reason = 忽略的原因
console-plan-ignore-button = 忽略选中的测试项
console-plan-issued = 已下发
console-plan-ignored = 已忽略
console-plan-restore = 恢复选中的测试项
console-item = 测试项
console-item-count = { $count } 项
console-facility = 设施

## 任务

console-task = 任务
console-tasks-all = 查看全部任务
console-tasks-every = 全部
console-tasks-everywhere = 查看所有项目
console-tasks-none = 没有任务。
console-filter = 按状态筛选
console-submitted = 提交时间
console-not-yet = 还没有
console-page = 第 { $page } 页
console-newer = 较新
console-older = 较早
console-round = 提交轮次
console-controller = 控制器品牌
console-controller-none = 无（现场没有报警系统）
console-helpers = 协助人员
console-instruments = 使用仪器
console-next-executing = 执行人员正在作业，{ $total } 个测试项中已有结果 { $done } 项。提交后才能审核。
console-next-rejected = 审核不通过，等待执行人员修改后再次提交。
console-next-approved = 审核已通过，不能再修改。
console-next-discarded = 执行人员已删除这个任务，测试项已退回计划；已收到的记录都保留着。
console-next-faults = 还有 { $count } 个故障未处理，处理后才能通过；审核不通过则不需要处理。
console-next-faults-link = 处理故障
console-next-evidence = 还有 { $count } 个文件没有收齐，收齐后才能通过；审核不通过则不需要等待。
console-next-review = 故障已处理，文件已收齐，可以审核。
console-next-review-link = 去审核
console-next-waits = 等待{ $name }审核。
console-evidence = 证据
console-evidence-count = 服务器已收到 { $total } 个文件中的 { $verified } 个
console-evidence-none = 这个任务没有照片和轨迹文件。
console-evidence-all = 全部文件已收到，并核对过指纹。
console-evidence-coming = 还缺：
console-missing-small = { $count } 张照片的预览图
console-missing-originals = { $count } 张照片的原图
console-missing-track = { $count } 段轨迹
console-items = 测试项
console-result-none = 还没有结果。
console-result-old = 被更正的 { $count } 个结果
console-result-untestable = 不能测试的原因：{ $reason }
console-result-fault = 问题：{ $text }
console-result-override = 系统建议“{ $proposed }”，执行人员判断“{ $verdict }”。理由：{ $reason }
console-result-flagged = 这个结果声明更正了另一个结果，但服务器没有收到被更正的那一个。
console-pictures = 照片
console-pictures-none = 没有其他照片。测试项的照片在各项之下。
console-pictures-lead = 缩略图和预览图由手机生成；原图是拍摄时的原始文件。
console-picture-coming = 还没有收到
console-picture-original = 查看原图
console-picture-withdrawn = 作者已撤回，不计入
console-exif-place = 照片自带位置 { $lat }，{ $lon }
console-exif-taken = 照片自带时间 { $time }

## 故障

console-faults = 故障
console-fault-handle = 处理这个故障
console-fault-again = 更改处理方式
console-fault-way = 处理方式
console-fault-explanation = 说明
console-fault-explanation-hint = “业主不同意维修”和“不在合同范围内”必须填写说明。
console-fault-save = 保存处理
console-way-troubleshoot = 排查
console-way-owner-agreed = 业主同意维修

## 审核

console-review = 审核
console-review-decision = 审核结果
console-review-approve = 通过
console-review-reject = 不通过
console-review-opinion = 审核意见
console-review-opinion-hint = 不通过时必须写明要改什么，执行人员会在手机上看到。
console-review-submit = 提交审核

## 轨迹

console-track = 轨迹
console-track-inside = 围栏内
console-track-outside = 围栏外
console-track-not-recorded = 没有记录
console-track-not-judged = 轨迹还没有收齐，收齐后与围栏比对。
console-track-pieces = 轨迹共 { $total } 段，已收到 { $here } 段。
console-track-replayed = 由文件回放
console-track-label = 轨迹图，围栏半径 { $radius } 米，上方为北
console-track-fence = 围栏，半径 { $radius } 米
console-track-start = 起点
console-track-end = 终点
console-track-scale = { $metres } 米
console-track-gaps = 没有记录的时段
console-track-gap-from = 从
console-track-gap-to = 到
console-track-gap-length = 时长
console-track-gap-cause = 可能的原因
console-cause-unknown = 不明
console-cause-stopped = 执行人员停止了记录
console-cause-permission = 没有定位权限
console-cause-killed = 系统结束了应用
console-cause-off = 定位已关闭
console-cause-no-signal = 没有卫星信号
console-cause-battery = 省电模式
console-cause-reboot = 手机重启或关机
console-cause-disk = 手机存储已满
console-cause-accuracy = 定位精度太低
console-cause-mock = 模拟定位
console-cause-not-gnss = 不是卫星定位

## 时间

console-times = 时间与审核日志
console-times-lead = 时间由服务器核对得出，每条都注明有多确定。手机自己的时钟只供参考。
console-time-today = 今天 { $time }
console-time-yesterday = 昨天 { $time }
console-time-date = { $year }年{ $month }月{ $day }日
console-time-day = { $month }月{ $day }日
console-time-month = { $year }年{ $month }月
console-time-minutes = { $minutes } 分钟
console-time-days-left = 还有 { $days } 天
console-time-last-day = 今天是最后一天
console-time-over = 已过期
console-time-started = 开始任务
console-time-described = 填写任务资料
console-time-first-result = 第一个结果
console-time-last-result = 最后一个结果
console-time-submitted = 第 { $round } 次提交
console-time-approved = { $name }审核通过（第 { $round } 次提交）
console-time-rejected = { $name }审核不通过（第 { $round } 次提交）
console-sure-server = 服务器时间。
console-sure-proved = 时间可证实，误差不超过 { $seconds } 秒。
console-sure-about = 时间大致可证实，误差不超过 { $minutes } 分钟。
console-sure-between = 只能证实在{ $from }与{ $to }之间。
console-sure-before = 只能证实不晚于{ $to }。
console-sure-not = 手机自己的时间，未经证实。
console-sure-contradiction = 各时间来源互相矛盾。
console-sure-skew = 手机时钟当时显示{ $time }。

## 完成之后的一句话

console-done-plan = 计划已建立。选择测试项下发给执行人员。
console-done-issued = 已下发，执行人员的手机下次联网时会收到。
console-done-ignored = 已忽略选中的测试项。
console-done-restored = 已恢复选中的测试项。
console-done-fault = 故障处理已保存。
console-done-approved = 审核已通过。
console-done-rejected = 已退回，执行人员会在手机上看到您的意见。
console-done-password = 密码已修改。
