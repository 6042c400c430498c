cli-verified-report = 报告 { $number }《{ $title }》
    项目：{ $project }
    机构：{ $firm }
    期间：{ $period }，出具日期：{ $day }
cli-verified-report-foreign-edition = 快照由其他版本的 Firebee 生成，核验码仍然有效。
cli-verified-report-code = 核验码：{ $code }
    文件 SHA-256：{ $sha256 }
    核验码须与封面一致。页面未被改动，以核验网页所列 SHA-256 为准。
cli-verified-report-address = 核验网页：{ $address }
