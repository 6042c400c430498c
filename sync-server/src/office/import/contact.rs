//! A row that says a contact. It is known by its owner and its name; the number of one that is known may change. What it
//! signs in as stays.

use super::{
    Row, Told, columns,
    deed::{Deed, Found},
};
use crate::{
    office::{
        Act,
        contact::{Change, Create},
    },
    query,
    store::{StoreError, Tx, json, own},
};
use firebee_domain::{
    account::{Contact, checked_contact},
    code::Code,
    id::AccountId,
    import::Kind,
    owner::OWNER_TEXT_LENGTH_MAX,
    text,
};

/// What the row asks for.
pub(super) async fn find(tx: &mut Tx, act: &Act, row: &Row) -> Result<Found, StoreError> {
    let mut told = Vec::new();
    let typed: Vec<String> = columns(Kind::Contacts).iter().map(|column| row.text(column, &mut told)).collect();
    let mut typed = typed.into_iter();
    let mut next = || typed.next().unwrap_or_default();
    let (owner, name, phone, login) = (next(), next(), next(), next());
    if !told.is_empty() {
        return Ok(Found::Wrong(told));
    }
    let owner = match text::name(&owner, OWNER_TEXT_LENGTH_MAX) {
        Ok(name) => query::owner::of_name(tx, act.org, &name).await?,
        Err(error) => return Ok(Found::Wrong(vec![Told::new("owner", error.code(), error_values(error))])),
    };
    let Some(owner) = owner else {
        return Ok(Found::Wrong(vec![Told::new("owner", Code::OwnerUnknown, Vec::new())]));
    };
    let known = query::owner::contacts_of(tx, act.org, owner.id).await?;
    let wanted =
        |known: &Contact| checked_contact(&Contact { name: name.clone(), phone: phone.clone(), ..known.clone() });
    if known.iter().any(|known| wanted(known).is_ok_and(|wanted| wanted == *known)) {
        return Ok(Found::Same);
    }
    let named = |known: &&Contact| text::name(&name, u32::MAX).is_ok_and(|name| name == known.name);
    let mut namesakes = known.iter().filter(named);
    match (namesakes.next(), namesakes.next()) {
        (Some(known), None) => {
            let wanted = Change { contact: known.account, name, phone };
            Ok(Found::Deed(Deed::ChangeContact(wanted, as_typed(known.clone()))))
        }
        // Nobody, or several of one name: a further number is another person.
        _ => Ok(Found::Deed(Deed::CreateContact(Create { owner: owner.id, name, phone, login }))),
    }
}

fn error_values(error: text::TextError) -> firebee_protocol::text::named::Values {
    firebee_protocol::text::named::of_text(&error)
}

/// A contact as its form would say it.
pub(super) fn as_typed(contact: Contact) -> Change {
    Change { contact: contact.account, name: contact.name, phone: contact.phone }
}

/// What a contact was, to be put back.
pub(super) fn kept(before: &Change) -> Result<String, StoreError> {
    json(&(&before.name, &before.phone))
}

/// What a contact was, as its form would say it.
pub(super) fn back(contact: AccountId, kept: &str) -> Result<Change, StoreError> {
    let (name, phone) = own(kept)?;
    Ok(Change { contact, name, phone })
}
