parked-title = 已接收未计入
parked-lead = 这些记录服务器已原样保存，但没有计入任务，原因如下。记录不会丢失，作者的手机上也能看到原因。
parked-all = 查看全部
parked-none = 没有未计入的记录。
