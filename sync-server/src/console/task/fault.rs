//! The forms of a fault: one chooses a way for it, one completes its record.

use super::{
    change::Typed,
    record::{Record, record},
};
use crate::{
    console::{
        part::{Choice, Hidden},
        refused::Refusal,
        visitor::Visitor,
    },
    query::member::Executor,
    text::Text as T,
    view::task::FaultView,
};
use firebee_domain::{fault::Way, id::ContentId};
use firebee_protocol::text::{say, word};

/// The forms of a fault that are open to the visitor.
pub(in crate::console) struct Forms {
    pub(in crate::console) way: Option<Form>,
    /// Stands alone only where no way is open: the form of a way has the record in it.
    pub(in crate::console) record: Option<RecordForm>,
}

/// The form that completes the record of a fault.
pub(in crate::console) struct RecordForm {
    pub(in crate::console) hidden: Hidden,
    pub(in crate::console) open: bool,
    pub(in crate::console) record: Record,
}

/// The form that chooses a way for a fault.
pub(in crate::console) struct Form {
    pub(in crate::console) hidden: Hidden,
    pub(in crate::console) round: u32,
    pub(in crate::console) summary: String,
    pub(in crate::console) open: bool,
    pub(in crate::console) ways: Vec<Choice>,
    pub(in crate::console) explanation: String,
    /// Who can be sent, where a way sends somebody.
    pub(in crate::console) team_leads: Vec<Choice>,
    /// The repair plan.
    pub(in crate::console) plan: String,
    /// The points of its record.
    pub(in crate::console) record: Record,
    /// The files that a refused form has brought already.
    pub(in crate::console) brought: Vec<ContentId>,
}

/// The forms of a fault, with what was typed into one that was refused.
pub(super) fn forms(
    visitor: &Visitor,
    (round, team_leads): (u32, &[Executor]),
    fault: &FaultView,
    typed: &Typed,
) -> Result<Forms, Refusal> {
    let way = form(visitor, (round, team_leads), fault, typed)?;
    if way.is_some() || !fault.may_record {
        return Ok(Forms { way, record: None });
    }
    let typed = typed.record.as_ref().filter(|(of, _)| *of == fault.id).map(|(_, particulars)| particulars);
    let record = record(visitor, typed.unwrap_or(&fault.particulars));
    Ok(Forms { way, record: Some(RecordForm { hidden: visitor.hidden()?, open: typed.is_some(), record }) })
}

/// The form of a fault that the visitor can choose a way for in this round.
fn form(
    visitor: &Visitor,
    (round, team_leads): (u32, &[Executor]),
    fault: &FaultView,
    typed: &Typed,
) -> Result<Option<Form>, Refusal> {
    if fault.ways.is_empty() {
        return Ok(None);
    }
    let files = &typed.files;
    let typed = typed.fault.as_ref().filter(|typed| typed.fault == fault.id);
    let choice = |way: &Way| Choice {
        value: <&str>::from(*way).to_owned(),
        word: word::way(visitor.language, *way),
        chosen: typed.is_some_and(|typed| typed.way == *way),
    };
    let sent = typed.and_then(|typed| typed.order.as_ref());
    let sends = fault.ways.iter().any(|way| way.asks().team_lead);
    let person = |one: &Executor| Choice {
        value: one.account.to_string(),
        word: format!("{} · {}", one.name, word::role(visitor.language, one.role)),
        chosen: sent.is_some_and(|order| order.team_lead == one.account),
    };
    Ok(Some(Form {
        hidden: visitor.hidden()?,
        round,
        summary: say(visitor.language, if fault.unhandled { T::TaskFaultHandle } else { T::TaskFaultAgain }),
        open: typed.is_some() || fault.unhandled,
        ways: fault.ways.iter().map(choice).collect(),
        record: record(visitor, typed.map_or(&fault.particulars, |typed| &typed.particulars)),
        brought: if typed.is_some() { files.clone() } else { Vec::new() },
        team_leads: if sends { team_leads.iter().map(person).collect() } else { Vec::new() },
        plan: sent.map(|order| order.plan.clone()).unwrap_or_default(),
        explanation: typed.map(|typed| typed.explanation.clone()).unwrap_or_default(),
    }))
}
