//! Making an account for a person on the personnel list.

use super::{Account, Category, LOGIN_LENGTH_MAX, Login, PHONE_LENGTH_MAX};
use crate::{
    code::Code,
    id::AccountId,
    personnel::Person,
    text::{self, TextError},
};
use chrono::NaiveDate;

/// What a manager enters.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// The new account's id.
    pub id: AccountId,
    /// The person, picked from the personnel list: its organisation is the account's.
    pub person: &'a Person,
    /// The phone number; also the suggested login.
    pub phone: &'a str,
    /// The login; empty takes the phone number.
    pub login: &'a str,
    /// What the account is made for.
    pub category: Category,
}

/// Why an account is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The login, or the name on the personnel list, is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The phone number is not 5 to 20 digits, spaces, `+` and `-`.
    #[error("not a phone number")]
    PhoneMalformed,
    /// The person's certificates do not allow the category.
    #[error("the person's certificates do not allow this category")]
    QualificationInsufficient,
}

impl AccountError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::PhoneMalformed => Code::PhoneMalformed,
            Self::QualificationInsufficient => Code::QualificationInsufficient,
        }
    }
}

/// Makes an account, disabled as every new one. Operators need an intermediate certificate, leads a
/// registration that holds on `today`. The store checks that no other account has the login.
pub fn new_account(new: &NewAccount<'_>, today: NaiveDate) -> Result<Account, AccountError> {
    let phone = phone_number(new.phone).ok_or(AccountError::PhoneMalformed)?;
    let login = if text::is_blank(new.login) { phone.as_str() } else { new.login };
    let qualified = match new.category {
        Category::FieldOperator => new.person.is_intermediate_operator(today),
        Category::ProjectLead => new.person.is_registered_engineer(today),
        Category::CompanyManager => true,
    };
    if !qualified {
        return Err(AccountError::QualificationInsufficient);
    }
    Ok(Account {
        id: new.id,
        organisation: Some(new.person.organisation),
        person: Some(new.person.id),
        login: Login::new(login)?,
        name: new.person.name.clone(),
        phone,
        role: new.category.into(),
        enabled: false,
    })
}

/// A phone number as typed, fit to keep.
///
/// # Errors
/// [`AccountError::PhoneMalformed`].
pub fn checked_phone(typed: &str) -> Result<String, AccountError> {
    phone_number(typed).ok_or(AccountError::PhoneMalformed)
}

/// A phone number as typed, without its spaces; `None` for what is none.
pub(super) fn phone_number(typed: &str) -> Option<String> {
    let phone = text::name(typed, PHONE_LENGTH_MAX).ok()?;
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let plain = phone.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b' '));
    (plain && digits >= 5).then(|| phone.replace(' ', ""))
}

const _: () = assert!(PHONE_LENGTH_MAX <= LOGIN_LENGTH_MAX, "a phone number fits a login");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::Role,
        personnel::tests::{day, engineer, operator, person},
    };
    use uuid::Uuid;

    fn make(person: &Person, category: Category, today: &str) -> Result<Account, AccountError> {
        let id = AccountId(Uuid::from_u128(40));
        new_account(&NewAccount { id, person, phone: "139 0000 0001", login: "", category }, day(today))
    }

    /// the account belongs to the person and the organisation of the personnel list; nothing else can be
    /// given. R-027: the phone number is the suggested login. R-033: disabled.
    #[test]
    fn r_026_r_027_r_033_a_new_account_is_its_persons_and_disabled() {
        let operator = person(vec![operator(4)]);
        let account = make(&operator, Category::FieldOperator, "2020-03-01").unwrap();
        assert_eq!((account.person, account.organisation), (Some(operator.id), Some(operator.organisation)));
        assert_eq!((account.login().as_str(), account.phone.as_str()), ("13900000001", "13900000001"));
        assert_eq!((account.name.as_str(), account.enabled), ("马晓燕", false));
        let named = NewAccount {
            id: account.id,
            person: &operator,
            phone: "13900000001",
            login: "ma",
            category: Category::FieldOperator,
        };
        assert_eq!(new_account(&named, day("2020-03-01")).unwrap().login().as_str(), "ma");
    }

    /// one of three categories, and each becomes the role of the same name.
    #[test]
    fn r_028_a_category_becomes_the_role_of_its_name() {
        let both = person(vec![operator(3), engineer("2019-01-01", "2021-12-31")]);
        let role = |category| make(&both, category, "2020-03-01").map(|account| account.role);
        assert_eq!(role(Category::FieldOperator), Ok(Role::FieldOperator));
        assert_eq!(role(Category::ProjectLead), Ok(Role::ProjectLead));
        assert_eq!(role(Category::CompanyManager), Ok(Role::CompanyManager));
        for category in [Category::FieldOperator, Category::ProjectLead, Category::CompanyManager] {
            assert_eq!(Role::from(category).category(), Some(category));
        }
    }

    /// an operator of elementary grade, or a registered engineer without it, is not a field operator.
    #[test]
    fn r_029_a_field_operator_needs_intermediate_grade() {
        let refused = Err(AccountError::QualificationInsufficient);
        let make = |certificates| make(&person(certificates), Category::FieldOperator, "2020-03-01").map(|_| ());
        assert_eq!(make(vec![operator(5)]), refused);
        assert_eq!(make(vec![]), refused);
        assert_eq!(make(vec![engineer("2019-01-01", "2021-12-31")]), refused);
        assert_eq!(make(vec![operator(4)]), Ok(()));
    }

    /// a lead is a registered engineer whose registration holds today.
    #[test]
    fn r_030_a_project_lead_needs_a_registration_that_holds_today() {
        let lead = person(vec![engineer("2019-01-01", "2021-12-31"), operator(1)]);
        let make = |today| make(&lead, Category::ProjectLead, today).map(|_| ());
        assert_eq!(make("2021-12-31"), Ok(()));
        assert_eq!(make("2022-01-01"), Err(AccountError::QualificationInsufficient));
    }

    #[test]
    fn a_phone_number_is_digits() {
        for bad in ["", "1234", "phone", "１３９００００", "13900000001139000000011"] {
            assert_eq!(phone_number(bad), None, "{bad}");
        }
        assert_eq!(phone_number("+86 971-8230000"), Some("+86971-8230000".into()));
    }
}
