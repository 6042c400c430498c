//! First applications of firms: the corps opens one and gives its link away; the firm fills it in through the
//! link; the corps returns or accepts it.

pub mod answer;
pub mod fill_in;
pub mod open;

pub use answer::{Accepted, AnswerRefused, Given, answer};
pub use fill_in::{Link, add, attach, enter, remove, submit};
pub use open::{Opened, open};

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, json, own},
};
use firebee_domain::{
    application::Application,
    id::{ApplicationId, OrganisationId},
    spelling::Spelled,
};
use sha2::{Digest as _, Sha256};

/// What the database keeps of the secret in a link.
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Writes an application, new or changed.
async fn keep(
    tx: &mut Tx,
    org: Org,
    application: &Application,
    firm: Option<OrganisationId>,
) -> Result<(), StoreError> {
    let keep = sql!(
        "INSERT INTO application(org, id, unit, state, at_ms, sort, find, firm, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (org, id) DO UPDATE SET state = excluded.state, sort = excluded.sort, find = excluded.find,
             firm = excluded.firm, body = excluded.body"
    );
    let (Spelled { sort, find }, body) = (Spelled::of(application.called()), json(application)?);
    let named = row![org, &application.id, &application.unit, application.state(), application.at, &sort, &find];
    tx.execute(keep, &[&named[..], &row![firm.as_ref(), &body]].concat()).await.map(drop)
}

/// The application, locked: the firm and the corps wait for each other.
async fn locked(tx: &mut Tx, org: Org, id: ApplicationId) -> Result<Option<Application>, StoreError> {
    let lock = sql!("UPDATE application SET state = state WHERE org = ?1 AND id = ?2 RETURNING body");
    tx.query_opt(lock, &row![org, &id]).await?.map(|row| own(row.get(0)?)).transpose()
}
