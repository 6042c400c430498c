//! Who receives a document. No other module answers this: here `may` is asked for the executor or author, those who work
//! there, and the lead.

use super::Publication;
use firebee_domain::{
    account::{Action, Relation, Role, receives, receives_firm, receives_site},
    id::{AccountId, TaskId},
};
use firebee_protocol::document::kind;

/// The accounts that receive a document: its executor, author or team lead (`own`) and the lead of its project, where
/// `may` permits them the action `reads`.
pub(crate) fn readers(reads: Action, own: impl Into<Option<AccountId>>, lead: Option<AccountId>) -> Vec<AccountId> {
    let around = [(own.into(), Relation::Own), (lead, Relation::Lead)];
    around.into_iter().filter(|(_, relation)| receives(*relation, reads)).filter_map(|(account, _)| account).collect()
}

/// The accounts that receive what belongs to a place of work: those who have something to do there, and the lead, where
/// `may` permits them the action `reads`.
pub(crate) fn workers(reads: Action, assigned: &[AccountId], lead: AccountId) -> Vec<AccountId> {
    let assigned = assigned.iter().map(|account| (*account, Relation::Assigned));
    let all = assigned.chain([(lead, Relation::Lead)]);
    all.filter(|(_, relation)| receives_site(*relation, reads)).map(|(account, _)| account).collect()
}

/// The accounts that receive what belongs to their firm, out of those that work with a phone, where `may` permits them the
/// action `reads`.
pub(crate) fn members(reads: Action, phones: &[(AccountId, Role)]) -> Vec<AccountId> {
    phones.iter().filter(|(_, role)| receives_firm(*role, reads)).map(|(account, _)| *account).collect()
}

/// The next revision of a task's document, for those who may read the task. Whoever changes a task writes it by this:
/// facts, acts of the office, the count of its evidence, the verdict on its track.
pub(crate) fn task_document(task: TaskId, executor: AccountId, lead: Option<AccountId>, body: String) -> Publication {
    let to = readers(Action::ReadTask, executor, lead);
    Publication { kind: kind::TASK, id: task.to_string(), body: Some(body), to }
}
