//! The contacts of owners and their portal accounts.

mod change;
mod create;
mod delete;
mod renew;

pub use change::{Change, change};
pub use create::{Create, Made, create};
pub use delete::{Delete, DeleteError, delete};
pub use renew::renew;

pub(in crate::office) use change::attempt as try_change;
pub(in crate::office) use create::attempt as try_create;
pub(in crate::office) use delete::attempt as try_delete;

use super::{Flaw, Rule};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{account::ContactError, code::Code, id::AccountId, text::At};

/// Why a contact is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// What the domain says of its fields.
    #[error("{} fields of the contact are wrong", .0.len())]
    Fields(Vec<At<ContactError>>),
    /// another account has this login.
    #[error("the login is taken")]
    LoginTaken,
}

impl Rule for KeepError {
    fn code(&self) -> Code {
        match self {
            Self::Fields(wrong) => wrong.first().map_or(Code::FieldMalformed, |at| at.error.code()),
            Self::LoginTaken => Code::LoginTaken,
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Fields(wrong) => Flaw::all(wrong),
            Self::LoginTaken => vec![Flaw::of("login", self)],
        }
    }
}

/// Takes away a contact with its portal account, which nobody has used.
pub(super) async fn forget(tx: &mut Tx, org: Org, account: AccountId) -> Result<(), StoreError> {
    let values = row![org, &account];
    tx.execute(sql!("DELETE FROM outsider WHERE id = ?1"), &row![&account]).await?;
    tx.execute(sql!("DELETE FROM contact WHERE org = ?1 AND account = ?2"), &values).await?;
    let login =
        sql!("DELETE FROM login_org WHERE org = ?1 AND login = (SELECT login FROM account WHERE org = ?1 AND id = ?2)");
    tx.execute(login, &values).await?;
    tx.execute(sql!("DELETE FROM account WHERE org = ?1 AND id = ?2"), &values).await.map(drop)
}
