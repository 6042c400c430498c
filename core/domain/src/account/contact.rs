//! The contacts of owners, and the portal account that each of them has.

use super::{Account, Login, Role, create::phone_number};
use crate::{
    code::Code,
    id::{AccountId, OwnerId},
    text::{self, At, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};

/// Somebody who speaks for an owner. A contact has one portal account, and is known by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The portal account.
    pub account: AccountId,
    /// The owner.
    pub owner: OwnerId,
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: String,
}

/// Why a contact is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// The name or the login is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The phone number is not 5 to 20 digits, spaces, `+` and `-`.
    #[error("not a phone number")]
    PhoneMalformed,
}

impl ContactError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::PhoneMalformed => Code::PhoneMalformed,
        }
    }
}

/// checks a contact as typed; name and phone are required. Returns it fit to keep.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn checked_contact(contact: &Contact) -> Result<Contact, Vec<At<ContactError>>> {
    let mut wrong = Vec::new();
    let name = At::take(&mut wrong, "name", text::name(&contact.name, NAME_MAX));
    let phone = phone_number(&contact.phone).ok_or(ContactError::PhoneMalformed);
    let phone = At::take(&mut wrong, "phone", phone);
    match name.zip(phone) {
        Some((name, phone)) => Ok(Contact { name, phone, ..contact.clone() }),
        None => Err(wrong),
    }
}

/// a contact with its portal account, which is open at once. `login` is what the contact signs in as; empty
/// takes the phone number.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn new_contact(contact: &Contact, login: &str) -> Result<(Contact, Account), Vec<At<ContactError>>> {
    let checked = checked_contact(contact);
    let phone = checked.as_ref().ok().map(|contact| contact.phone.clone());
    let typed = if text::is_blank(login) { phone } else { Some(login.to_owned()) };
    let mut wrong = Vec::new();
    // Without a phone number there is nothing to sign in as; the number has its own sentence.
    let login = typed.and_then(|typed| At::take(&mut wrong, "login", Login::new(&typed)));
    match (checked, login) {
        (Ok(contact), Some(login)) => {
            let account = Account {
                id: contact.account,
                organisation: None,
                person: None,
                login,
                name: contact.name.clone(),
                phone: contact.phone.clone(),
                role: Role::OwnerContact,
                enabled: true,
            };
            Ok((contact, account))
        }
        (checked, _) => Err(checked.err().into_iter().flatten().chain(wrong).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn contact(name: &str, phone: &str) -> Contact {
        let (account, owner) = (AccountId(Uuid::from_u128(1)), OwnerId(Uuid::from_u128(2)));
        Contact { account, owner, name: name.into(), phone: phone.into() }
    }

    /// name and phone are required; the portal account is open and belongs to no firm.
    #[test]
    fn r_043_r_044_a_contact_has_a_name_a_phone_and_a_portal_account() {
        let (kept, account) = new_contact(&contact(" 马秀英 ", "0971-6100001"), "").unwrap();
        assert_eq!((kept.name.as_str(), account.login().as_str()), ("马秀英", "0971-6100001"));
        assert_eq!((account.role, account.enabled, account.organisation), (Role::OwnerContact, true, None));
        let (_, account) = new_contact(&contact("马秀英", "0971-6100001"), "zhongyi").unwrap();
        assert_eq!(account.login().as_str(), "zhongyi");
        let fields = |name: &str, phone: &str, login: &str| {
            let wrong = new_contact(&contact(name, phone), login).unwrap_err();
            wrong.into_iter().map(|at| at.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(" ", "x", "a b"), ["name", "phone", "login"], "everything at once");
        assert_eq!(fields("马秀英", "", ""), ["phone"]);
    }
}
