//! The form that chooses a way for a fault.

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
    text::Text as T,
    view::task::FaultView,
};
use firebee_domain::{fault::Way, id::ContentId};
use firebee_protocol::text::{say, word};

/// The form of a fault.
pub(super) struct Form {
    pub(super) hidden: Hidden,
    pub(super) round: u32,
    pub(super) summary: String,
    pub(super) open: bool,
    pub(super) ways: Vec<Choice>,
    pub(super) explanation: String,
    /// The points of its record.
    pub(super) record: Record,
    /// The files that a refused form has brought already.
    pub(super) brought: Vec<ContentId>,
}

/// The form of a fault that the visitor can choose a way for in this round, with what was typed into one that was refused.
pub(super) fn form(visitor: &Visitor, round: u32, fault: &FaultView, typed: &Typed) -> Result<Option<Form>, Refusal> {
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
    Ok(Some(Form {
        hidden: visitor.hidden()?,
        round,
        summary: say(visitor.language, if fault.unhandled { T::TaskFaultHandle } else { T::TaskFaultAgain }),
        open: typed.is_some() || fault.unhandled,
        ways: fault.ways.iter().map(choice).collect(),
        record: record(visitor, typed.map_or(&fault.particulars, |typed| &typed.particulars)),
        brought: if typed.is_some() { files.clone() } else { Vec::new() },
        explanation: typed.map(|typed| typed.explanation.clone()).unwrap_or_default(),
    }))
}
