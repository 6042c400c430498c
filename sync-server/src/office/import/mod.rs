//! Tables that the office brings: judged row by row, applied by the same commands as the forms, and undone.
//!
//! A kind of table is a word of the domain, its columns, and a file that says which command a row asks for. Judging runs
//! that command and takes it back, so a table and a form obey one set of rules. A row is applied by a request of its own,
//! made from the batch and its number: whatever runs twice has one effect.

mod apply;
mod bring;
mod building;
mod column;
mod contact;
mod deed;
mod design;
mod discard;
mod out;
mod owner;
mod position;
mod project;
mod row;
mod site;
mod typed;
mod undo;

pub use apply::{Access, Applied, apply};
pub use bring::{Bring, bring};
pub use column::{Column, Form, columns, title};
pub use discard::discard;
pub use out::out;
pub use row::{Row, Said, Told};
pub use undo::undo;

use super::{Act, Rule};
use crate::{
    query,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Subject, may},
    code::Code,
    id::RequestId,
    import::BatchError,
};
use firebee_protocol::text::{Arg, named::Values};
use query::import::BatchRow;
use uuid::Uuid;

/// Why a batch stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// What the domain says of its state.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// Something refers to what some of its rows made, or it was changed since.
    #[error("rows {0:?} are in use")]
    InUse(Vec<u32>),
}

/// How many rows a sentence names.
const NAMED_MAX: usize = 20;

impl Rule for ImportError {
    fn code(&self) -> Code {
        match self {
            Self::Batch(error) => error.code(),
            Self::InUse(_) => Code::BatchInUse,
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Batch(BatchError::RowsWrong { wrong }) => vec![("count", Arg::from(*wrong))],
            Self::Batch(BatchError::NotOpen | BatchError::NothingToDo) => Values::new(),
            Self::InUse(rows) => {
                let named: Vec<String> = rows.iter().take(NAMED_MAX).map(u32::to_string).collect();
                vec![("rows", Arg::from(named.join(", ")))]
            }
        }
    }
}

/// The request by which a row is applied, or taken back.
fn request(batch: RequestId, number: u32, what: &str) -> RequestId {
    RequestId(Uuid::new_v5(&batch.0, format!("{what} {number}").as_bytes()))
}

/// A batch that this actor may see: whoever may make what it holds.
async fn find(tx: &mut Tx, act: &Act, batch: RequestId) -> Result<Option<BatchRow>, StoreError> {
    let found = query::import::batch(tx, act.org, batch).await?;
    Ok(found.filter(|found| may(&act.actor, found.kind.action(), &Subject::of(act.org.id(), &[]))))
}
