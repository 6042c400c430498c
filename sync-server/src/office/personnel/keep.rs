//! Writes somebody's record into the personnel list.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    personnel::{IdentityNumber, Person},
    spelling::Spelled,
};

/// Writes the record, new or changed. The caller has locked the feeds, and tells the phones afterwards.
pub(in crate::office) async fn keep(tx: &mut Tx, org: Org, person: &Person) -> Result<(), StoreError> {
    let keep = sql!(
        "INSERT INTO person(org, id, name, sort, find, body, gone, identity) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, sort = excluded.sort, find = excluded.find,
             body = excluded.body, gone = excluded.gone, identity = excluded.identity"
    );
    let (Spelled { sort, find }, body) = (Spelled::of(&person.name), json(person)?);
    let identity = person.identity.as_ref().map(IdentityNumber::as_str);
    let named = row![org, &person.id, &person.name, &sort, &find];
    tx.execute(keep, &[&named[..], &row![&body, person.is_gone(), identity]].concat()).await.map(drop)
}
