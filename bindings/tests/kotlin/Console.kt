package firebee.walk

import java.net.CookieManager
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.LocalDate
import java.time.YearMonth
import java.time.ZoneOffset

/** One person at the console, with a browser that runs no script. */
class Console(private val url: String, login: String) {
    private val browser = HttpClient.newBuilder()
        .cookieHandler(CookieManager())
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build()

    init {
        val page = submit(page("/sign-in").form("/sign-in"), "login" to login, "password" to PASSWORD)
        // The first sign-in asks for another password: the old one once, the new one in every other field.
        if (page.path == "/password") {
            val form = page.form("/password")
            submit(form, *form.asked.map { it to if (it == "old") PASSWORD else "$PASSWORD-2" }.toTypedArray())
        }
    }

    fun page(path: String): Page = send(HttpRequest.newBuilder(URI(url + path)))

    fun submit(form: Form, vararg answers: Pair<String, String>): Page {
        val fields = form.hidden + answers
        val body = fields.joinToString("&") { (name, value) -> "$name=${URLEncoder.encode(value, Charsets.UTF_8)}" }
        val request = HttpRequest.newBuilder(URI(url + form.action))
            .header("Origin", url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
        return send(request)
    }

    private fun send(request: HttpRequest.Builder): Page {
        val answer = browser.send(request.build(), HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() == 200) { "${answer.uri()} answered ${answer.statusCode()}: ${answer.body()}" }
        return Page(answer.uri().path, answer.body())
    }
}

class Page(val path: String, val html: String) {
    /** The form whose action ends so. */
    fun form(end: String): Form =
        Regex("<form\\b.*?</form>", RegexOption.DOT_MATCHES_ALL).findAll(html).map { Form(it.value) }.first { it.action.endsWith(end) }

    /** The first link to a page below [folder], which an id names. */
    fun linkBelow(folder: String): String = Regex("href=\"($folder/[0-9a-f-]{36})\"").find(html)!!.groupValues[1]
}

class Form(private val html: String) {
    private val inputs = Regex("<input\\b[^>]*>").findAll(html).map { it.value }.toList()
    val action: String = attribute(html, "action")!!
    val hidden: List<Pair<String, String>> = inputs.filter { attribute(it, "type") == "hidden" }
        .map { attribute(it, "name")!! to attribute(it, "value").orEmpty() }

    /** The fields that a person fills in. */
    val asked: List<String> = inputs.mapNotNull { attribute(it, "name") } - hidden.map { (name, _) -> name }.toSet()

    fun values(name: String): List<String> = inputs.filter { attribute(it, "name") == name }.map { attribute(it, "value")!! }

    /** The value of the choice that begins so. */
    fun choice(label: String): String = Regex("<option value=\"([^\"]+)\">${Regex.escape(label)}").find(html)!!.groupValues[1]
}

private fun attribute(tag: String, name: String) = Regex("\\b$name=\"([^\"]*)\"").find(tag)?.groupValues?.get(1)

/** The manager makes this month's plan and issues all of it to [operator]. */
fun issueEverything(url: String, operator: String) {
    val manager = Console(url, "manager")
    val project = manager.page("/projects").linkBelow("/projects")
    val month = YearMonth.from(LocalDate.now(ZoneOffset.ofHours(8)))
    val plan = manager.submit(manager.page("$project/plans/new").form("/plans"), "nature" to "month", "month" to "$month")
    val form = plan.form("/issue")
    val items = form.values("item").map { "item" to it }
    manager.submit(form, *items.toTypedArray(), "executor" to form.choice(operator))
}
