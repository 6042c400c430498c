package firebee.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import firebee.logic.Typed

/** What stands in a field of what is typed. */
@Composable
internal fun Typed.said(field: String): String {
    val texts by all.collectAsState()
    return texts[field].orEmpty()
}

/** A field whose letters the core keeps until its act is done. */
@Composable
internal fun TypedField(label: String, typed: Typed, field: String, tag: String) =
    Field(label, typed.said(field), tag) { typed.put(field, it) }
