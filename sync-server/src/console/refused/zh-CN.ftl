refused-not-found = 没有找到这个页面
refused-title = 没有完成
refused-to-home = 回到待办
refused-again-title = 表单还没有提交
refused-again-lead = 您填写的内容还在。请核对，然后再提交一次。
refused-again = 再次提交
refused-not-again = 不提交，回到页面
