//! Who receives a document: `may` is asked how each of the people around it stands to it, here alone.

use firebee_domain::{
    account::{Action, Relation, receives},
    id::AccountId,
};

/// Those who receive a document that `reads` is asked for: of its executor or author, whose own it is, and the lead of
/// its project.
pub(crate) fn readers(reads: Action, own: AccountId, lead: Option<AccountId>) -> Vec<AccountId> {
    let around = [(Some(own), Relation::Own), (lead, Relation::Lead)];
    around.into_iter().filter(|(_, relation)| receives(*relation, reads)).filter_map(|(account, _)| account).collect()
}
