# 演示在终端里讲的故事，以及故事里的单位、人员和文字。

demo-title = Firebee 演示：从没有信号的一次点击，到服务器上核验过的一行

## 章节

demo-chapter-office = 一、办公室：建立机构，下发本月计划
demo-chapter-sign-in = 二、登录：一个账号只能在一部手机上使用
demo-chapter-cellar = 三、地下室：没有信号，照常工作
demo-chapter-link = 四、信号恢复：丢失应答、传输中断、重复请求
demo-chapter-review = 五、审核：故障未处理不能通过，退回后重新提交
demo-chapter-dispatch = 六、派工：组长接收、执行、完成，未解决的另行处理
demo-chapter-outside = 七、计划之外：现场发现的问题，当场补测
demo-chapter-ranges = 八、六百只探测器，录入两次
demo-chapter-lost = 九、手机丢失：记录不丢，未经确认不计入
demo-chapter-hand-over = 十、移交与见证：一人执笔，业主签字
demo-chapter-report = 十一、报告：由审核通过的记录生成，技术负责人备案
demo-chapter-owner = 十二、业主：阅读报告，提出报修
demo-chapter-oversight = 十三、消防救援机构：审核申请，抽查一周的任务
demo-chapter-audit = 十四、核对：全部停止后，由另一个进程重新读取服务器数据

## 故事

demo-server-started = 服务器运行在 { $url }，数据保存在 { $data }。
demo-firm-loaded = 已录入“{ $firm }”：{ $people } 名人员、{ $projects } 个项目，围栏半径 200 米。
demo-plan-issued = 企业管理人员 { $manager } 编制了 { $month } 的计划，把 { $items } 个测试项下发给 { $one } 和 { $other }。
demo-signed-in = { $name } 在“{ $device }”上登录，收到 { $items } 个测试项。
demo-lead-signed-in = 项目负责人 { $name } 在“{ $device }”上登录。
demo-second-phone = 另一部手机用 { $name } 的账号登录，被拒绝：{ $reason }
demo-link-cut = 网络已断开。
demo-worked = { $name } 提交了 { $tasks } 个任务：{ $results } 项结果（{ $nonconform } 项不符合）、{ $photos } 张照片、{ $walks } 条轨迹。
demo-waiting = 手机上有 { $facts } 条记录、{ $blobs } 个文件等待上传。
demo-link-back = 网络已恢复，但不可靠。
demo-arrived = 全部到达：{ $facts } 条记录、{ $blobs } 个文件。途中丢失应答 { $lost } 次，文件传输中断 { $resets } 次，重复请求 { $duplicates } 次。
demo-too-early = { $name } 想直接通过“{ $task }”，被拒绝：{ $reason }
demo-rejected = { $name } 退回“{ $task }”，意见是：{ $opinion }
demo-mended = { $name } 修改后重新提交，第 { $round } 轮。
demo-handled = { $name } 处理了 { $faults } 个故障：排查、业主同意维修、业主不同意维修、不在合同范围内、与业主沟通中。
demo-dispatched = 组长完成派工：{ $resolved } 个已解决，{ $unresolved } 个未解决，照片和任务详情已同步。
demo-handled-anew = { $name } 另行处理了 { $faults } 个未解决的故障：业主不同意维修。
demo-approved = { $name } 通过了全部 { $tasks } 个任务。
demo-outside = { $name } 看到一只探测器指示灯不亮，当场在计划外补充测试：{ $number } 号不报警。
demo-outside-approved = { $name } 与业主沟通后通过了这项测试。
demo-ranges-before = 接着做本月全部探测器的测试。到 { $number } 号时，{ $name } 的手机显示上次的结果：{ $verdict }。
demo-ranges = 按录入的数据，{ $number } 号再次判为不符合；再录入一次，其余全部符合。{ $count } 只探测器，共录入 { $entries } 次。
demo-ranges-approved = 服务器上每只探测器都有各自的结果。{ $name } 审核通过。
demo-lost = { $name } 在没有信号时又提交了一项测试，随后手机丢失，上面有 { $facts } 条记录、{ $blobs } 个文件。
demo-lost-refused = 新手机还不能使用这个账号：{ $reason }
demo-lost-released = { $manager } 在管理台解除丢失手机的账号（“{ $reason }”），{ $name } 在“{ $device }”上登录。
demo-lost-found = 丢失的手机找到了，上传了 { $facts } 条记录、{ $blobs } 个文件。账号已不在它上面，记录已保存，但不计入。
demo-adopted = { $name } 在自己的手机上查看并采纳。测试计入，审核通过。
demo-restored = { $name } 的新手机被重置，装回了旧备份。手机自己发现，由新的记录库接替：不用输入密码，记录一条不少。
demo-witness-asked = { $manager } 在管理台设定：今后每项测试都由业主签字见证。
demo-handed-over = { $from } 开始一项测试，移交给 { $to }：{ $reason }
demo-witness-missing = { $to } 做完其余项目后提交，被拒绝：{ $reason }
demo-witness-signed = 业主见证人在手机上签字，{ $to } 提交，{ $lead } 审核通过。每项结果都保留各自的测试人。
demo-whole = 手机上记录的每一条都在服务器上并已计入，每个文件的哈希都一致。
demo-not-whole = 服务器上的数据不完整：丢失 { $lost }，未计入 { $quarantined }，未核验的文件 { $unverified }。
demo-refused-file = 未使用 { $file }：{ $reason }（{ $code }）
demo-odd-file = 已使用 { $file }：{ $what }。
demo-odd-between = ；
demo-odd-without-time = 没有时间、未使用的点 { $count } 个
demo-odd-not-after = 时间不晚于前一点、未使用的点 { $count } 个
demo-odd-implausible = 早于 2000 年或晚于现在、未使用的点 { $count } 个
demo-odd-unreadable = 位置或时间无法读取、未使用的点 { $count } 个
demo-odd-weeks = 已使用、时间可能早了 1024 周的点 { $count } 个
demo-odd-cut-short = 文件中断 { $count } 处
demo-odd-walks = 分为 { $count } 条轨迹
demo-stand-in = 没有可用的照片，自拍和故障照片用项目自带的一张代替。
demo-console = 管理台：{ $url }
demo-account = { $role } { $login } 密码 { $password }
demo-ctrl-c = 按 Ctrl-C 结束。
demo-kept = 数据保留在 { $data }。再次查看：firebee serve --data { $data }
demo-failed = 演示中断：{ $step }：{ $reason }

## 进度条

demo-bar-work = { $name }现场作业
demo-bar-facts = 记录上传
demo-bar-blobs = 文件上传

## 表格

demo-column-what = 核对项
demo-column-number = 数量
demo-column-track = 轨迹
demo-column-points = 点数
demo-column-bytes = 字节
demo-column-inside = 内（分）
demo-column-outside = 外（分）
demo-column-silent = 无（分）
demo-column-verdict = 结论
demo-row-recorded = 手机上的记录
demo-row-accepted = 服务器已计入
demo-row-quarantined = 服务器未计入
demo-row-lost = 丢失
demo-row-announced = 应有的文件
demo-row-verified = 已核验的文件
demo-row-bytes = 已核验的字节
demo-row-photos = 照片：使用 / 提供
demo-row-tracks = 轨迹：使用 / 提供
demo-row-rounds = 任务：提交 / 退回 / 通过
demo-row-faults = 故障：产生 / 处理 / 已解决
demo-row-dispatches = 派工：下达 / 已解决 / 未解决
demo-row-devices = 手机：被拒绝 / 丢失 / 恢复备份
demo-row-salvaged = 找回：记录 / 文件
demo-row-time = 按期 / 逾期 / 无法证明
demo-row-net = 网络：丢失应答 / 传输中断 / 重复
demo-row-seconds = 用时（秒）

## 故事里的单位和人员

demo-firm = 青海安泰消防技术服务有限公司
demo-manager = 王建国
demo-lead = 李静
demo-operator-one = 马晓燕
demo-operator-other = 张海涛
demo-owner = 中仪大厦物业管理有限公司
demo-owner-city = 西宁市
demo-owner-address = 城中区长江路10号
demo-contract = 中仪大厦消防设施维护保养合同
demo-project = 中仪大厦
demo-project-numbered = 中仪大厦 { $number } 号院
demo-jurisdiction = 西宁市消防救援支队城中区大队
demo-building = 主楼
demo-water-position = 地下二层
demo-role-manager = 企业管理人员
demo-role-lead = 项目负责人
demo-role-operator = 现场作业人员
demo-device-one = 马晓燕的手机
demo-device-other = 张海涛的手机
demo-device-lead = 李静的手机
demo-device-second = 另一部手机
demo-device-new = 张海涛的新手机
demo-controller = 海湾 GST-LD-8003
demo-instrument = 感烟探测器试验器
demo-instrument-number = 试验器 03
demo-control-room = 消防控制室值班员
demo-position = { $floor } 层
demo-words = 现场检查，情况正常。
demo-fault-text = { $facility }不满足要求，需要检修。
demo-fault-defect = 损坏
demo-detector-silent = 加烟后探测器不报警。
demo-opinion-reject = 第一处不符合项请重新测试并补拍照片。
demo-opinion-approve = 记录完整，同意。
demo-lost-reason = 去现场的路上遗失
demo-adopt-reason = 已与本人核实：确在现场测试。
demo-hand-over-reason = 我下班了。
demo-witness = 孙敏
demo-witness-role = 物业经理
demo-repair-plan = 更换损坏部件并复测。
demo-details-resolved = 已更换部件，复测正常。
demo-details-unresolved = 缺少配件，未能修复。
demo-way-refused = 业主认为可以暂缓，已书面告知风险。
demo-way-scope = 该设备由供电单位维护。
demo-director = 赵敏
demo-filing-opinion = 资料齐全，同意备案。
demo-reported = { $name }生成本月报告 { $reports } 份。
demo-filed = { $name }（技术负责人）审核备案：{ $opinion }
demo-printed = 报告已打印成 PDF：{ $pages } 页，{ $bytes } 字节，{ $path }
demo-not-printed = 打印程序 firebee-report 还没有构建，报告可先阅读网页；构建后打开 PDF 即可打印。
demo-row-reports = 报告：生成 / 备案 / PDF 页数
demo-contact = 马秀英
demo-owner-read = { $name }（业主联系人）阅读了报告；机构看到 { $views } 位联系人已阅读。
demo-repair-place = 地下一层发电机房
demo-repair-words = 发电机启动后有异响
demo-repair-asked = { $name }报修：{ $words }
demo-repair-taken = { $name }受理报修，转为故障；业主随时看到进展。
demo-corps = 青海省消防救援总队
demo-detachment = 西宁市消防救援支队
demo-officer = 包志强
demo-pause-reason = 停业装修
demo-pause-approved = { $unit }同意 { $month } 暂停技术服务。
demo-sampled = 一周以后，{ $unit }抽取 { $week } 起一周的任务 { $tasks } 个。
demo-check-findings = 现场与记录一致
demo-checked = { $unit }到现场检查：{ $found }。
demo-row-beyond = 业主：阅读 / 报修；消防：抽查 / 同意
