form-wrong = 有 { $count } 处需要更正，已填写的内容都还在：
