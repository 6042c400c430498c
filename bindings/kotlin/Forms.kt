// How ids are written. A text that a server or another app hands over is checked before it becomes an id.
package firebee

private val uuid = Regex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
private val content = Regex("sha256-[0-9a-f]{64}")

internal fun isUuid(text: String): Boolean = uuid.matches(text)

internal fun isContent(text: String): Boolean = content.matches(text)
