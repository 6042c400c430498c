package firebee.logic

import firebee.Draft
import firebee.FactId
import firebee.FaultText
import firebee.FieldValue
import firebee.FormView
import firebee.Instance
import firebee.ItemScreen
import firebee.PhotoRole
import firebee.Purpose
import firebee.TaskId
import firebee.Verdict
import firebee.WithdrawPhoto
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** One instance of an item: what is typed goes to the core at each letter, which says what it proposes. */
class ItemModel(shell: Shell, private val task: TaskId, val at: Instance) : Reader<ItemScreen>(shell) {
    private val tasks get() = shell.client.tasks()
    private val typed = MutableStateFlow<Draft?>(null)
    private val answered = MutableStateFlow<FormView?>(null)
    private val looked = MutableStateFlow("")
    private val order = Mutex()

    /** Whether somebody has typed here. */
    private var touched = false

    /** What the core was told last. */
    private var told: Draft? = null
    private var finding: Job? = null

    /** What an instance is looked for by. */
    val sought: StateFlow<String> = looked.asStateFlow()

    /** What is entered; the fields show it at once. */
    val draft: StateFlow<Draft?> = typed.asStateFlow()

    /** The form as the core fills it from the draft. */
    val form: StateFlow<FormView?> = answered.asStateFlow()

    override suspend fun read(): ItemScreen {
        val screen = shell.client.screens().item(task, at)
        // What is typed here is newer than what was read.
        if (!touched) {
            typed.value = screen.form.draft
            answered.value = screen.form
        } else {
            order.withLock {
                told = null
                tell()
            }
        }
        return screen
    }

    fun value(key: String, value: String): Unit =
        change { it.copy(values = it.values.filter { held -> held.key != key } + FieldValue(key, value)) }

    fun variant(key: String): Unit = change { it.copy(variant = key) }

    fun position(text: String): Unit = change { it.copy(position = text) }

    fun verdict(verdict: Verdict): Unit = change { it.copy(verdict = verdict) }

    fun reason(text: String): Unit = change { it.copy(reason = text, reasonCode = null) }

    fun reasonCode(code: String): Unit = change { it.copy(reasonCode = code) }

    fun fault(text: String): Unit = change { it.copy(fault = (it.fault ?: FaultText(text = "")).copy(text = text)) }

    fun part(value: String): Unit = change { it.copy(fault = (it.fault ?: FaultText(text = "")).copy(part = value)) }

    fun defect(value: String): Unit = change { it.copy(fault = (it.fault ?: FaultText(text = "")).copy(defect = value)) }

    fun instrument(number: String): Unit =
        change { it.copy(instrument = if (it.instrument == number) null else number) }

    fun photo(): Unit = shell.go(Route.Camera(task, Purpose(PhotoRole.EVIDENCE, at)))

    fun withdraw(photo: FactId): Unit = calls.act { shell.client.evidence().withdrawPhoto(WithdrawPhoto(task, photo)) }

    fun open(at: Instance): Unit = shell.replace(Route.Item(task, at))

    /** Looks for an instance, and goes to the one whose tag says so. A tag selects, and proves no presence. */
    fun find(words: String) {
        looked.value = words
        finding?.cancel()
        finding = calls.run {
            val tagged = if (words.isBlank()) null else shell.client.screens().tagged(task, words.trim(), at.item)
            if (tagged != null && tagged != at) open(tagged)
        }
    }

    /** Records the answer, and goes to the next instance without one, or back. */
    fun save(): Unit = calls.act {
        order.withLock {
            tasks.record(task, at, typed.value ?: return@act)
            left()
        }
        val next = view.value?.next?.takeIf { it != at }
        if (next == null) shell.back() else shell.replace(Route.Item(task, next))
    }

    /** Records that every other instance conforms as this draft says. */
    fun restConform(): Unit = calls.act {
        order.withLock {
            tasks.restConform(task, at.item, typed.value ?: return@act)
            left()
        }
        shell.back()
    }

    /** To what is measured at each of the other instances. */
    fun each(): Unit = shell.go(Route.Each(task, at))

    private fun left() {
        typed.value = null
        told = null
        touched = false
    }

    private fun change(with: (Draft) -> Draft) {
        val draft = with(typed.value ?: return)
        typed.value = draft
        touched = true
        calls.run { order.withLock { tell() } }
    }

    /** One letter after the other, and of those that wait only the last: the core keeps it, and says what it proposes. */
    private suspend fun tell() {
        val now = typed.value ?: return
        if (now === told) return
        answered.value = tasks.answer(task, at, now)
        told = now
    }
}
