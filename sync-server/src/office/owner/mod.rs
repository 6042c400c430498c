//! Owners: made, changed, deleted.

mod change;
mod create;
mod delete;

pub use change::{Change, change};
pub use create::{Create, create};
pub use delete::{Delete, DeleteError, delete};

pub(in crate::office) use change::attempt as try_change;
pub(in crate::office) use create::attempt as try_create;
pub(in crate::office) use delete::attempt as try_delete;

use super::{Flaw, Rule};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    id::OwnerId,
    text::{At, TextError},
};

/// Why an owner is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// What the domain says of its fields.
    #[error("{} fields of the owner are wrong", .0.len())]
    Fields(Vec<At<TextError>>),
    /// Another owner of the firm has this name.
    #[error("another owner has this name")]
    NameTaken,
}

impl Rule for KeepError {
    fn code(&self) -> Code {
        match self {
            Self::Fields(wrong) => wrong.first().map_or(Code::FieldMalformed, |at| at.error.code()),
            Self::NameTaken => Code::OwnerNameTaken,
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Fields(wrong) => Flaw::all(wrong),
            Self::NameTaken => vec![Flaw::of("name", self)],
        }
    }
}

/// whether another owner of the firm has this name.
async fn is_taken(tx: &mut Tx, org: Org, name: &str, own: OwnerId) -> Result<bool, StoreError> {
    let find = sql!("SELECT id FROM owner WHERE org = ?1 AND name = ?2 AND id <> ?3");
    Ok(tx.query_opt(find, &row![org, name, &own]).await?.is_some())
}
