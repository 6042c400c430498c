// Days and months as Foundation has them, without a clock or a zone.
import Foundation

func dayOf(_ text: String) -> DateComponents {
    let parts = text.split(separator: "-").map { Int($0) }
    return DateComponents(year: parts[0], month: parts[1], day: parts.count > 2 ? parts[2] : nil)
}

func textOf(day: DateComponents) -> String {
    String(format: "%04d-%02d-%02d", day.year ?? 0, day.month ?? 0, day.day ?? 0)
}

func textOf(month: DateComponents) -> String {
    String(format: "%04d-%02d", month.year ?? 0, month.month ?? 0)
}
