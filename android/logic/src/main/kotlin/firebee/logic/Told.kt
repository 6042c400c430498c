package firebee.logic

import firebee.Action
import firebee.ClientException
import firebee.FieldNote

/** A refusal as a screen shows it: what happened and what to do, the code small below. Every word is the core's. */
data class Told(val text: String, val code: String, val action: Action, val fields: List<FieldNote>)

fun ClientException.told(): Told = when (this) {
    is ClientException.Failed -> Told(text, code, action, fields)
}
