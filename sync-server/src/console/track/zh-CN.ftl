track-title = 当天轨迹
track-day-link = 执行人员当天的全部轨迹
track-before = 前一天
track-after = 后一天
track-none = 这一天没有收到轨迹，或项目还没有标注位置。
track-tasks = 当天在做的任务
track-began = 开始时间
