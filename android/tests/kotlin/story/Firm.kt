package firebee.phones

import firebee.walk.Console
import java.nio.file.Path
import java.time.LocalDate
import java.time.YearMonth
import java.time.ZoneOffset
import kotlin.io.path.readText
import kotlin.io.path.writeText

private val FACILITY = Regex("\"code\": \"([a-z0-9-]+)\",\\s*\"name\": \"[^\"]+\",\\s*\"name_en\": \"[^\"]+\",\\s*\"unit\"")

/** What only an inspection or an evaluation asks for. */
private val OTHER_KINDS = setOf("si-record", "sev-items", "sl-items")

/** The firm of the bindings' walk, whose project has every facility of the catalogue: a quarter's plan is longer than a screen takes. */
fun largeFirm(folder: Path): Path {
    val codes = FACILITY.findAll(Path.of("core/domain/catalogue.json").readText()).map { it.groupValues[1] }.distinct()
        .filter { it !in OTHER_KINDS }.joinToString { "\"$it\"" }
    val small = Path.of("bindings/tests/firm.json").readText()
    val large = small.replace(Regex("\"facilities\": \\[[^\\]]*]"), "\"facilities\": [$codes]")
    check(large != small)
    return folder.resolve("large-firm.json").apply { writeText(large) }
}

/** The manager asks for the owner's witness, makes this quarter's plan and issues all of it to [operator]. */
fun issueQuarter(url: String, operator: String) {
    val manager = Console(url, "manager")
    val project = manager.page("/projects").linkBelow("/projects")
    manager.submit(manager.page(project).form("/witness"))
    val month = YearMonth.from(LocalDate.now(ZoneOffset.ofHours(8)))
    val plan = manager.submit(manager.page("$project/plans/new").form("/plans"), "nature" to "quarter", "month" to "$month")
    val form = plan.form("/issue")
    val items = form.values("item").map { "item" to it }
    check(items.size > 400) { "the plan has ${items.size} items only" }
    manager.submit(form, *items.toTypedArray(), "executor" to form.choice(operator))
}
