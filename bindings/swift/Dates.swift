// Months as Foundation has them, without a clock or a zone.
import Foundation

func monthOf(_ text: String) -> DateComponents {
    let parts = text.split(separator: "-").map { Int($0) }
    return DateComponents(year: parts[0], month: parts[1])
}

func textOf(month: DateComponents) -> String {
    String(format: "%04d-%02d", month.year ?? 0, month.month ?? 0)
}
