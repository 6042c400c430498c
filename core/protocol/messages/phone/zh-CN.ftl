# 手机核心的文字。
## 状态行

phone-last-sync = { $waiting } 条待上传，上次同步 { $time }
phone-never-synced = { $waiting } 条待上传，还没有同步过
phone-all-sent = 全部已上传，上次同步 { $time }

## 登录与权限

phone-signed-in = 已登录
phone-signing-in = 正在登录
phone-signed-out = 未登录
phone-pulled = 已接收 { $done } 份资料，{ $kilobytes } KB
phone-pulled-of = 已接收 { $done }/{ $total } 份资料，{ $kilobytes } KB
phone-sign-out-consequence = 退出后，此账号可以在其他手机登录；本机的资料都保留。
phone-permission-location = 始终允许定位
phone-permission-location-why = 任务进行时记录轨迹，证明人在现场；只在任务进行时记录。
phone-permission-location-without = 没有这个权限，不能开始任务。
phone-permission-camera = 相机
phone-permission-camera-why = 拍摄现场照片和提交人自拍。
phone-permission-camera-without = 没有这个权限，不能拍照，任务也不能提交。
phone-permission-notifications = 通知
phone-permission-notifications-why = 轨迹中断时提醒您，并显示轨迹正在记录。
phone-permission-notifications-without = 没有这个权限，轨迹中断时您不会知道。
phone-permission-battery = 不限制后台运行
phone-permission-battery-why = 屏幕关闭后，轨迹和上传也要继续。
phone-permission-battery-without = 没有这个权限，屏幕关闭后轨迹可能中断。

## 今天

phone-answered = 已完成 { $done }/{ $total } 项
phone-photos-on-server = 照片 { $done }/{ $total } 已在服务器
phone-items-done = 已提交 { $done }/{ $total } 项
phone-instances = { $done }/{ $total } 处有结果
phone-evidence = 服务器已核实 { $done }/{ $total } 个文件
phone-next-answer = 还有 { $count } 项没有结果
phone-next-submit = 各项都有结果，补齐资料后提交
phone-next-mend = 按审核意见修改，再次提交
phone-next-review = 等待审核
phone-next-approved = 审核通过，无需再做
phone-next-discarded = 已删除，测试项已退回计划
phone-deleted = 管理端已删除这个任务：“{ $reason }”。您的记录都保留但不计入，请为测试项重新建任务。
phone-plan-expired = 计划期限已过，不能再开始任务。需要时请联系项目负责人。
phone-nothing-free = 这个计划的测试项都已在任务中。请打开相应的任务继续。
phone-ordered = { $by }要求补充测试（远程监控事件）：{ $what }。
phone-outside-plan = 计划外任务：只作为计划测试的补充，不能单独出具报告。
phone-nothing-issued = 这个项目没有测试项下发给您。请先联系项目负责人下发。
phone-project-terminated = 项目已终止，不能再开始任务。
phone-any-state = 任何状态
phone-any-month = 任何月份
phone-nothing-found = 没有找到。请换个词再试。
phone-waits-for-review = { $count } 个任务等待您审核
phone-waits-for-a-way = { $count } 个故障等待您处理
phone-waits-for-decision = { $count } 条记录已收到但不计入，请采纳或拒绝
phone-undecided-new = 新任务
phone-adopt-consequence = 采纳后，记录按及时到达重新判定；计划不允许的仍不计入。
phone-refuse-consequence = 拒绝后，记录永不计入，但会保留，并告知记录人。

## 项目与地图

phone-period = { $from }至{ $to }
phone-fence-radius = 围栏半径 { $radius } 米

## 任务

phone-step-item = 填写结果：{ $item }
phone-step-photo = 拍照：{ $item }
phone-step-photo-of = 拍照（{ $photo }）：{ $item }
phone-step-fault = 说明问题：{ $item }
phone-step-selfie = 拍一张提交人自拍
phone-step-controller = 选择控制器品牌，现场没有时选“无”
phone-step-panel = 拍一张控制器面板照片
phone-step-site = 现场无报警系统：任意拍一张现场照片
phone-step-restore = 恢复自动并拍控制面板：{ $system }
phone-step-line = 确认：{ $line }
phone-step-photo-more = 再拍 { $count } 张照片：{ $item }
phone-step-witness = 请业主见证人签字
phone-isolate = 测试前：告知消防控制室，再停用或改为手动：{ $system }
phone-needs-two = 这个任务的测试需要两个人，还没有填写其他在场人员。
phone-hand-over-consequence = 移交后您不能再在这个任务中记录；已有的记录仍归您。双方手机同步后，对方即可继续。
phone-handed-over = 已由{ $by }移交给{ $to }。
phone-handed-over-because = 已由{ $by }移交给{ $to }：{ $reason }
phone-track-usual = 暂按通用标准估算，以服务器的判定为准。
phone-track-not-running = 轨迹没有在记录。请开始记录轨迹。
phone-submit-consequence = 提交后等待审核，审核不通过才能再修改。
phone-submit-late = 截止日 { $date } 已过：现在提交按逾期计算，不能列入该期报告。
phone-discard-consequence = 删除后任务不能恢复，测试项退回计划；已有的记录都保留。
phone-photo-place = 照片自带位置 { $lat }，{ $lon }
phone-photo-withdrawn = 作者已撤回，不计入

## 测试项的表

phone-asks-untestable = 不能测试的原因
phone-asks-override = 与系统建议不同的理由
phone-first-question = 请先填写：{ $question }
phone-asks-fault = 有什么问题
phone-taken-over = 数值取自“{ $item }”的记录，请核对。
phone-measured-there = { $record }（此处实测：{ $measured }）
phone-rest-conform = 其余 { $count } 处全部符合
phone-every-day = 规范要求每 { $count } 天一次
phone-every-week = 规范要求每 { $count } 周一次
phone-every-half-month = 规范要求每 { $count } 个半月一次
phone-every-month = 规范要求每 { $count } 个月一次
phone-every-year = 规范要求每 { $count } 年一次
phone-photo-for-fault = 不符合的测试项至少需要一张照片。
phone-photo-always = 这个测试项需要一张照片。
phone-photo-more = 本企业要求更多照片，还差 { $count } 张。
phone-verdict-missing = 还没有判定。请选择判定结果。
phone-note-missing = 必填
phone-note-variant-missing = 请选择适用的情形
phone-note-variant-unfit = 所选情形不适用
phone-note-field-unknown = 这个测试项没有这一栏
phone-note-field-repeated = 这一栏填了两次
phone-note-not-a-number = 请填数字
phone-note-too-many-places = 小数位数太多
phone-note-negative = 不能小于零
phone-note-not-an-option = 请从选项中选择
phone-note-sum-mismatch = 各数之和与总数不符
phone-note-out-of-limit = 超出限值
phone-note-failing-answer = 不符合要求
phone-note-rule-broken = 几个数值之间不符合要求
phone-note-rule-open = 还缺数值，不能比较
phone-note-remark = 与建议不符，不算故障

## 审核

phone-dispatch = { $kind }：{ $what }
phone-dispatch-to = 组长：{ $name }
phone-removal-confirmed = { $name } · { $when }
phone-way-final = 选择后不能再更改。
phone-time-started = 开始任务
phone-time-first-result = 第一个结果
phone-time-last-result = 最后一个结果
phone-time-submitted = 第 { $round } 次提交
phone-flag-own-task = 这个任务由您自己执行。
phone-flag-not-in-time = 不能证明本次提交在截止日之前，该期报告不能列入。
phone-flag-differs = 有结果的文字或建议结论与测试规范不同，已按规范显示。
phone-flag-design = 有结果的设计值或适用情形与项目登记的不同，按现场填写的判定。
phone-flag-photos = { $count } 张照片需要核对，原因写在照片旁
phone-flag-replaces-unknown = 有结果声明更正了另一个结果，但服务器没有收到被更正的那一个。
phone-approve-consequence = 通过后任务不能再修改。
phone-reject-consequence = 退回后由执行人员修改，已处理的故障恢复为未处理。

## 轨迹

phone-advice-permission = 请在系统设置中把定位权限改为“始终允许”。
phone-advice-location = 请打开手机的定位。
phone-advice-battery = 请在系统设置中允许应用在后台运行。
phone-advice-disk = 请清理手机的存储空间。
phone-advice-satellites = 请关闭模拟定位，使用卫星定位。
phone-advice-sky = 请到室外或窗边停留片刻。
phone-advice-start = 请重新开始记录轨迹。
phone-advice-keep-open = 请保持应用打开，直到任务提交。

## 同步中心

phone-way-sent = 已发送 { $done }/{ $total } 条
phone-way-stored = 服务器已接收 { $done }/{ $total } 条
phone-way-safe = 已安全保存 { $done }/{ $total } 条
phone-waits-for-network = 等待网络，记录会自动上传。
phone-waits-for-photos = 记录已上传，照片还在上传。
phone-waits-for-unmetered = 记录已上传，照片等待无线网络（您已设置仅在不按流量计费的网络上传）。
phone-waits-for-safe = 服务器已接收，正在安全保存。
phone-use-originals = 照片原图
phone-use-previews = 照片预览图
phone-use-thumbnails = 照片缩略图
phone-use-tracks = 轨迹
phone-use-attachments = 附件
phone-use-signatures = 签字图片
phone-use-looks = 他人拍摄的照片（可重新下载）
phone-use-records = 记录
phone-use-documents = 已下载的资料
phone-use-reserve = 应急预留空间
phone-allow-any = 任何网络
phone-allow-unmetered = 仅在不按流量计费的网络
phone-looks-kept = 审核用照片 { $used } MB，最多 { $most } MB
phone-megabytes = { $megabytes } MB
phone-lost = 账号在本机不可用
phone-lost-facts = 记录 { $done }/{ $total } 已安全保存在服务器
phone-lost-files = 文件 { $done }/{ $total } 已安全保存在服务器
phone-wipe-consequence = 这部手机上该账号的全部数据将被清除，不能恢复。服务器上的内容不受影响。
phone-renew-consequence = 这部手机将以一套新的记录继续工作。未发送的内容会转入并重新发送，不会重复。可能需要重新登录。
phone-export-consequence = 导出的文件已加密，只有本企业的服务器能打开。请交给企业管理人员在管理台导入；手机里的内容保持不变。

phone-open-tasks = { $count } 个任务进行中
phone-task-gone = 本机上已没有的任务
phone-way-to-send = 待上传
phone-way-photos = 照片待上传
phone-way-signed = 服务器已签收
phone-way-done = 已安全保存
phone-wait-network = { $count } 条记录等待网络
phone-wait-next-try = { $count } 条记录等待下一次尝试
phone-wait-turn = { $count } 条记录等待上传
phone-wait-sign-off = { $count } 条记录已发送，等待服务器签收
phone-wait-safety = { $count } 条记录服务器已签收，等待安全保存
phone-wait-decision = { $count } 条记录服务器已收到但没有计入
phone-wait-photo-records = { $count } 张照片等待记录先到服务器
phone-wait-photo-unmetered = { $count } 张照片等待不按流量计费的网络
phone-wait-photo-network = { $count } 张照片等待网络
phone-wait-photo-turn = { $count } 张照片等待上传

## 提醒

phone-notice-track = 轨迹已中断：{ $cause }
phone-notice-track-what = { $task }：{ $advice }
phone-notice-rejected = 审核不通过：{ $task }
phone-notice-dispatch = 收到派工：{ $kind }
phone-notice-dispatch-what = { $project } · { $what }
phone-notice-left = 计划期限：{ $left }
phone-notice-left-what = { $project } · { $plan }，{ $done }
phone-notice-unsent = 有记录超过一天没有上传
phone-notice-unsent-what = { $waiting } 条待上传，都已保存在本机。请连接网络并打开应用。
