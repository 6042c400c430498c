//! Who receives a document. No other module answers this: here `may` is asked for the executor or author, and the lead.

use firebee_domain::{
    account::{Action, Relation, receives},
    id::AccountId,
};

/// The accounts that receive a document: its executor or author (`own`) and the lead of its project, where `may`
/// permits them the action `reads`.
pub(crate) fn readers(reads: Action, own: AccountId, lead: Option<AccountId>) -> Vec<AccountId> {
    let around = [(Some(own), Relation::Own), (lead, Relation::Lead)];
    around.into_iter().filter(|(_, relation)| receives(*relation, reads)).filter_map(|(account, _)| account).collect()
}
