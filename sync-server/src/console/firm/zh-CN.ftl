firm-title = 消防技术服务机构
firm-lead = 向社会公开的机构和执业人员信息。
firm-none = 没有符合条件的机构。
firm-engineers = 注册消防工程师
firm-operators = 消防设施操作员
