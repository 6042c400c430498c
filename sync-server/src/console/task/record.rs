//! The points of a fault's record in the form that handles it.

use crate::console::{part::Choice, posted::Fields, refused::Refusal, visitor::Visitor};
use crate::text::Text as T;
use chrono::NaiveDateTime;
use firebee_domain::{
    fault::{Particulars, Removal},
    time::{NEVER, Timestamp, china_midnight},
};
use firebee_protocol::text::say;

/// The points as fields of a form.
pub(in crate::console) struct Record {
    pub(in crate::console) stopped: Vec<Choice>,
    pub(in crate::console) told: Vec<Choice>,
    pub(in crate::console) measures: String,
    pub(in crate::console) opinion: String,
    pub(in crate::console) confirmed_by: String,
    /// `YYYY-MM-DDTHH:MM:SS` of UTC+8; empty for none.
    pub(in crate::console) confirmed_at: String,
}

/// The fields, filled with what is known.
pub(in crate::console) fn record(visitor: &Visitor, known: &Particulars) -> Record {
    let choices = |known: Option<bool>| {
        let choice = |value: &str, text: T, of: Option<bool>| Choice {
            value: value.to_owned(),
            word: say(visitor.language, text),
            chosen: known == of,
        };
        vec![
            choice("", T::TaskRecordOpen, None),
            choice("yes", T::TaskRecordYes, Some(true)),
            choice("no", T::TaskRecordNo, Some(false)),
        ]
    };
    let removal = known.removal.as_ref();
    let at = removal.and_then(|removal| removal.at.china_time());
    Record {
        stopped: choices(known.system_stopped),
        told: choices(known.brigade_told),
        measures: known.protective_measures.clone().unwrap_or_default(),
        opinion: known.owner_opinion.clone().unwrap_or_default(),
        confirmed_by: removal.map(|removal| removal.confirmed_by.clone()).unwrap_or_default(),
        confirmed_at: at.map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default(),
    }
}

/// The points as typed, and whether a confirmation came without an instant: then it was given when the form was sent.
pub(in crate::console) fn read(fields: &Fields) -> Result<(Particulars, bool), Refusal> {
    let yes_no = |name| match fields.text(name) {
        "" => Ok(None),
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        _ => Err(Refusal::FormExpired),
    };
    let text = |name| Some(fields.text(name)).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let (by, at) = (fields.text("confirmed_by"), fields.text("confirmed_at"));
    let at = if at.is_empty() { None } else { Some(instant(at).ok_or(Refusal::FormExpired)?) };
    let said = !by.trim().is_empty() || at.is_some();
    let confirmed_now = said && at.is_none();
    let particulars = Particulars {
        system_stopped: yes_no("system_stopped")?,
        brigade_told: yes_no("brigade_told")?,
        protective_measures: text("protective_measures"),
        owner_opinion: text("owner_opinion"),
        removal: said.then(|| Removal { confirmed_by: by.to_owned(), at: at.unwrap_or(NEVER) }),
    };
    Ok((particulars, confirmed_now))
}

/// An instant of UTC+8, as a browser's field gives it.
fn instant(typed: &str) -> Option<Timestamp> {
    let local = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M");
    let local = local.or_else(|_| NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M:%S")).ok()?;
    let since = local.signed_duration_since(local.date().and_time(chrono::NaiveTime::MIN));
    Some(china_midnight(local.date()).plus_ms(since.num_milliseconds()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else the same form sent twice would be two acts.
    #[test]
    fn a_confirmation_without_an_instant_names_none() {
        let fields = Fields::of(vec![("confirmed_by".into(), "张经理".into())]);
        let Ok((particulars, true)) = read(&fields) else { panic!("it was confirmed now") };
        assert_eq!(particulars.removal, Some(Removal { confirmed_by: "张经理".into(), at: NEVER }));
    }

    #[test]
    fn an_instant_of_a_field_is_one_of_this_country() {
        let at = instant("2026-11-16T09:30").unwrap();
        assert_eq!(at.china_time().unwrap().format("%Y-%m-%d %H:%M").to_string(), "2026-11-16 09:30");
        assert_eq!(instant("2026-11-16"), None);
        assert_eq!(instant("yesterday"), None);
    }
}
