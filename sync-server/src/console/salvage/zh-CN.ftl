salvage-title = 导入手机导出的文件
salvage-lead = 手机无法连接服务器时，可在手机上导出加密文件，在这里导入。效果与手机自己上传相同；以后手机再上传同样的内容，也不会重复。
salvage-file = 导出文件
salvage-send = 导入
salvage-done = 已导入 { $facts } 条记录、{ $blobs } 个文件。
salvage-not-counted = { $count } 条记录没有计入：
salvage-unnamed = { $count } 个文件没有对应的记录，没有保存。
