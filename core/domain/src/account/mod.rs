//! Accounts: who somebody is to the system, and what that permits.

mod action;
mod actor;
mod audience;
mod contact;
mod create;
mod may;

pub use action::Action;
pub use actor::{Actor, Relation, Subject};
pub use audience::{receives, receives_firm, receives_site};
pub use contact::{Contact, ContactError, checked_contact, new_contact};
pub use create::{AccountError, NewAccount, checked_phone, new_account};
pub use may::{Denied, may, permit};

use crate::{
    id::{AccountId, OrganisationId, PersonId},
    session::ClientKind,
    text::{self, TextError},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The most characters of a login.
pub const LOGIN_LENGTH_MAX: u32 = 64;
/// The most characters of a phone number.
pub const PHONE_LENGTH_MAX: u32 = 20;

/// What a staff account is made for; exactly one of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Category {
    /// Tests on site.
    FieldOperator,
    /// Leads projects: issues, reviews, may test too.
    ProjectLead,
    /// Manages the organisation from the console.
    CompanyManager,
}

/// Everything an account can be: the three categories, the technical director's appointment, the people
/// outside the organisation, and the administrator at the server's own command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// [`Category::FieldOperator`].
    FieldOperator,
    /// [`Category::ProjectLead`].
    ProjectLead,
    /// [`Category::CompanyManager`].
    CompanyManager,
    /// Audits and files; usually an appointment beside a category, see [`Actor::technical_director`].
    TechnicalDirector,
    /// Speaks for an owner.
    OwnerContact,
    /// Belongs to a unit of the fire rescue service.
    Regulator,
    /// The `firebee admin` command on the server itself; never signs in.
    Admin,
}

impl Role {
    /// The category that a staff account of this role was made for; `None` for every other role.
    pub const fn category(self) -> Option<Category> {
        match self {
            Self::FieldOperator => Some(Category::FieldOperator),
            Self::ProjectLead => Some(Category::ProjectLead),
            Self::CompanyManager => Some(Category::CompanyManager),
            Self::TechnicalDirector | Self::OwnerContact | Self::Regulator | Self::Admin => None,
        }
    }

    /// Whether accounts of this role belong to one service organisation and see nothing beyond it.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::FieldOperator | Self::ProjectLead | Self::CompanyManager | Self::TechnicalDirector)
    }
}

impl From<Category> for Role {
    fn from(category: Category) -> Self {
        match category {
            Category::FieldOperator => Self::FieldOperator,
            Category::ProjectLead => Self::ProjectLead,
            Category::CompanyManager => Self::CompanyManager,
        }
    }
}

/// which client a role may sign in with: operators the app only, leads both, everyone else the console
/// only, the administrator neither. What is not allowed is refused with `client_not_allowed`.
pub const fn client_allowed(role: Role, client: ClientKind) -> bool {
    match role {
        Role::FieldOperator => matches!(client, ClientKind::App),
        Role::ProjectLead => true,
        Role::CompanyManager | Role::TechnicalDirector | Role::OwnerContact | Role::Regulator => {
            matches!(client, ClientKind::Console)
        }
        Role::Admin => false,
    }
}

/// What one signs in as; fixed when the account is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(String);

impl Login {
    /// A login as typed: trimmed, 1 to [`LOGIN_LENGTH_MAX`] characters, no white space inside.
    pub fn new(typed: &str) -> Result<Self, TextError> {
        let login = text::name(typed, LOGIN_LENGTH_MAX)?;
        if login.chars().any(char::is_whitespace) { Err(TextError::WhiteSpace) } else { Ok(Self(login)) }
    }
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Login {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::new(&text)
    }
}
impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.0
    }
}

/// An account. Its login and category never change: no function changes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The organisation of a staff account; `None` for owner contacts and regulators.
    pub organisation: Option<OrganisationId>,
    /// The person of a staff account, from the personnel list.
    pub person: Option<PersonId>,
    login: Login,
    /// The holder's name, as shown everywhere.
    pub name: String,
    /// The holder's phone number.
    pub phone: String,
    /// What it is.
    pub role: Role,
    /// Whether it is open; a new one is not.
    pub enabled: bool,
}

impl Account {
    /// What its holder signs in as.
    pub const fn login(&self) -> &Login {
        &self.login
    }

    /// Whether its holder works on site with an open account: the app takes both kinds.
    pub const fn works_on_site(&self) -> bool {
        self.enabled && matches!(self.role, Role::FieldOperator | Role::ProjectLead)
    }

    /// the toggle that opens and closes an account.
    pub fn with_enabled(&self, enabled: bool) -> Self {
        Self { enabled, ..self.clone() }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    /// An enabled account of person 7 in organisation 1.
    pub(crate) fn account(role: Role) -> Account {
        Account {
            id: AccountId(Uuid::from_u128(40)),
            organisation: role.is_staff().then_some(OrganisationId(Uuid::from_u128(1))),
            person: role.is_staff().then_some(PersonId(Uuid::from_u128(7))),
            login: Login::new("13900000001").unwrap(),
            name: "马晓燕".into(),
            phone: "13900000001".into(),
            role,
            enabled: true,
        }
    }

    /// operators use the app only, leads app and console, managers the console only.
    #[test]
    fn r_031_each_role_signs_in_with_its_own_clients_only() {
        let clients = |role| (client_allowed(role, ClientKind::App), client_allowed(role, ClientKind::Console));
        assert_eq!(clients(Category::FieldOperator.into()), (true, false));
        assert_eq!(clients(Category::ProjectLead.into()), (true, true));
        assert_eq!(clients(Category::CompanyManager.into()), (false, true));
        for role in [Role::TechnicalDirector, Role::OwnerContact, Role::Regulator] {
            assert_eq!(clients(role), (false, true), "{role:?}");
        }
        assert_eq!(clients(Role::Admin), (false, false));
    }

    #[test]
    fn r_027_a_login_is_bounded_and_without_white_space() {
        assert_eq!(Login::new(" wang.qiang ").map(String::from), Ok("wang.qiang".into()));
        assert_eq!(Login::new(" "), Err(TextError::Empty));
        assert_eq!(Login::new("a b"), Err(TextError::WhiteSpace));
        assert_eq!(Login::new(&"a".repeat(64)).map(|login| login.as_str().len()), Ok(64));
        assert_eq!(Login::new(&"a".repeat(65)), Err(TextError::TooLong { length: 65, limit: 64 }));
        assert!(serde_json::from_str::<Login>("\"a b\"").is_err());
    }

    /// opening and closing an account leaves its login as it was made.
    #[test]
    fn r_027_the_login_survives_every_change_of_an_account() {
        let account = account(Role::FieldOperator);
        let closed = account.with_enabled(false);
        assert_eq!(closed.login(), account.login());
        let read: Account = serde_json::from_str(&serde_json::to_string(&closed).unwrap()).unwrap();
        assert_eq!(read, closed);
    }
}
