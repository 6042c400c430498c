//! A row that says an owner. It is known by its name, letter by letter.

use super::{
    Row, columns,
    deed::{Deed, Found},
};
use crate::{
    office::{
        Act,
        owner::{Change, Create},
    },
    query,
    store::{StoreError, Tx, json, own},
};
use firebee_domain::{
    id::OwnerId,
    import::Kind,
    owner::{OWNER_TEXT_LENGTH_MAX, Owner, checked},
    text,
};

/// What the row asks for.
pub(super) async fn find(tx: &mut Tx, act: &Act, row: &Row) -> Result<Found, StoreError> {
    let mut told = Vec::new();
    let typed: Vec<String> = columns(Kind::Owners).iter().map(|column| row.text(column, &mut told)).collect();
    let mut typed = typed.into_iter();
    let mut next = || typed.next().unwrap_or_default();
    let (name, city, address) = (next(), next(), next());
    if !told.is_empty() {
        return Ok(Found::Wrong(told));
    }
    let known = match text::name(&name, OWNER_TEXT_LENGTH_MAX) {
        Ok(name) => query::owner::of_name(tx, act.org, &name).await?,
        Err(_) => None,
    };
    let Some(known) = known else { return Ok(Found::Deed(Deed::CreateOwner(Create { name, city, address }))) };
    let wanted = Owner { name: name.clone(), city: city.clone(), address: address.clone(), ..known.clone() };
    if checked(&wanted).is_ok_and(|wanted| wanted == known) {
        return Ok(Found::Same);
    }
    let wanted = Change { owner: known.id, name, city, address };
    Ok(Found::Deed(Deed::ChangeOwner(wanted, as_typed(known))))
}

/// An owner as its form would say it.
pub(super) fn as_typed(owner: Owner) -> Change {
    Change { owner: owner.id, name: owner.name, city: owner.city, address: owner.address }
}

/// What an owner was, to be put back.
pub(super) fn kept(before: &Change) -> Result<String, StoreError> {
    json(&(&before.name, &before.city, &before.address))
}

/// What an owner was, as its form would say it.
pub(super) fn back(owner: OwnerId, kept: &str) -> Result<Change, StoreError> {
    let (name, city, address) = own(kept)?;
    Ok(Change { owner, name, city, address })
}
