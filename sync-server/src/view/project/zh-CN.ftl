project-period-value = { $from }至{ $to }
project-fence-none = 还没有标注位置
project-fence-value = 半径 { $radius } 米，中心 { $lat }，{ $lon }（{ $datum }）
project-building-value = { $area } 平方米，地上 { $above } 层，地下 { $below } 层，高 { $height } 米
