evidence-take = 下载证据包
