# 各种记录的名称，每种一条。

kind-task-started = 开始任务
kind-task-described = 填写任务资料
kind-system-isolated = 停用系统
kind-witness-signed = 业主见证签字
kind-result-recorded = 测试结果
kind-result-moved = 移动测试结果
kind-photo-taken = 照片
kind-photo-withdrawn = 撤回照片
kind-track-segment = 轨迹
kind-task-submitted = 提交任务
kind-task-discarded = 删除任务
kind-review-decided = 审核
kind-fault-handled = 故障处理
kind-fault-recorded = 故障记录补充
kind-parked-decided = 对未计入记录的决定
kind-device-note = 手机状况
kind-task-items-changed = 增减测试项
kind-restore-confirmed = 恢复自动状态
kind-checklist-confirmed = 确认检查清单
kind-task-handed-over = 移交任务
kind-dispatch-received = 接收派工
kind-dispatch-started = 开始派工
kind-dispatch-finished = 完成派工
