//! People on an organisation's personnel list and the certificates they hold. The list is kept from outside
//! here it is read to decide who may do what.

mod crew;
mod identity;
mod public;

pub use crew::{Colleague, ENDING_DAYS, Ending, Expiry};
pub use identity::{IDENTITY_LENGTH, IdentityError, IdentityNumber};
pub use public::{PublicEngineer, PublicOperator};

use crate::{
    code::Code,
    id::{OrganisationId, PersonId},
    text::{self, TextError},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The most characters of a person's name.
pub const NAME_LENGTH_MAX: u32 = 50;
/// The most characters of a certificate number.
pub const CERTIFICATE_NUMBER_LENGTH_MAX: u32 = 64;
/// The numeric level of an intermediate operator certificate. Level 5 is the lowest and 1 the highest, so
/// "intermediate or above" is a level of at most this.
pub const INTERMEDIATE_LEVEL: u8 = 4;

/// What a certificate proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CertificateKind {
    /// Registered fire engineer, level 1 or 2.
    RegisteredEngineer,
    /// Fire facility operator, level 5 to 1.
    FacilityOperatorCert,
    /// The older building fire guard certificate; it counts as an operator certificate of the same grade.
    LegacyFireGuardCert,
}

impl CertificateKind {
    /// Whether it is a registration as a fire engineer; the other kinds are operators'.
    pub const fn is_engineers(self) -> bool {
        matches!(self, Self::RegisteredEngineer)
    }
}

/// One certificate of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// What it proves.
    pub kind: CertificateKind,
    /// Its numeric level: 1 is the highest. Engineers have 1 or 2, operators 1 to 5.
    pub level: u8,
    /// The number printed on it. Never public.
    pub number: String,
    /// The first day it holds; `None` where the certificate names none.
    pub valid_from: Option<NaiveDate>,
    /// The last day it holds, inclusive; `None` where the certificate names none.
    pub valid_to: Option<NaiveDate>,
    /// The day on which it was issued, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<NaiveDate>,
}

/// The days on which somebody's registration as a fire engineer holds. It says nothing else of the certificate, so it
/// may travel to the holder's phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, inclusive.
    pub to: NaiveDate,
}

/// whether somebody with these registrations may review tasks on `day`. A decision by anybody else is
/// refused with `reviewer_not_qualified`.
pub fn is_qualified_reviewer(registrations: &[Registration], day: NaiveDate) -> bool {
    may_be_qualified_reviewer(registrations, Some(day), Some(day))
}

/// whether somebody with these registrations may be a qualified reviewer on some day from `earliest` to `latest`,
/// both inclusive; `None` is an open end. A phone that does not know the day for certain asks this: it refuses only who
/// surely has no registration, and the server decides.
pub fn may_be_qualified_reviewer(
    registrations: &[Registration],
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
) -> bool {
    let reaches = |held: &Registration| earliest.is_none_or(|day| day <= held.to);
    let has_begun = |held: &Registration| latest.is_none_or(|day| held.from <= day);
    registrations.iter().any(|held| reaches(held) && has_begun(held))
}

/// A person on the personnel list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// The employer.
    pub organisation: OrganisationId,
    /// The person's name.
    pub name: String,
    /// The number of the identity card; `None` where nobody has entered it yet. Never public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<IdentityNumber>,
    /// The phone number, where it is known. Never public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The day on which the person left the organisation; the record stays, because history names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_on: Option<NaiveDate>,
    /// Everything the person holds.
    pub certificates: Vec<Certificate>,
}

/// Why a person's record is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// The name or a certificate number is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A level that this kind of certificate does not have.
    #[error("a certificate of this kind has no such level")]
    LevelUnknown,
    /// A certificate that ends before it begins.
    #[error("a certificate ends before it begins")]
    ValidityReversed,
}

impl PersonError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::LevelUnknown => Code::CertificateLevelUnknown,
            Self::ValidityReversed => Code::CertificateValidityReversed,
        }
    }
}

impl Certificate {
    /// The registration that the certificate proves. Without both dates it proves none: the annex requires them
    ///
    fn registration(&self) -> Option<Registration> {
        let (from, to) = self.valid_from.zip(self.valid_to)?;
        (self.kind == CertificateKind::RegisteredEngineer).then_some(Registration { from, to })
    }

    /// The operator level that the certificate proves on `day`. A date that it does not name limits nothing.
    fn operator_level(&self, day: NaiveDate) -> Option<u8> {
        let holds = self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to);
        (self.kind != CertificateKind::RegisteredEngineer && holds).then_some(self.level)
    }

    /// A certificate from outside, fit to keep.
    ///
    /// # Errors
    /// See [`PersonError`].
    pub fn checked(&self) -> Result<Self, PersonError> {
        let number = text::name(&self.number, CERTIFICATE_NUMBER_LENGTH_MAX)?;
        let levels = match self.kind {
            CertificateKind::RegisteredEngineer => 1..=2,
            CertificateKind::FacilityOperatorCert | CertificateKind::LegacyFireGuardCert => 1..=5,
        };
        if !levels.contains(&self.level) {
            return Err(PersonError::LevelUnknown);
        }
        match self.valid_from.zip(self.valid_to) {
            Some((from, to)) if to < from => Err(PersonError::ValidityReversed),
            _ => Ok(Self { number, ..self.clone() }),
        }
    }
}

impl Person {
    /// Somebody of whom only this is known.
    pub const fn new(id: PersonId, organisation: OrganisationId, name: String, certificates: Vec<Certificate>) -> Self {
        Self { id, organisation, name, identity: None, phone: None, left_on: None, certificates }
    }

    /// Whether the person has left the organisation.
    pub const fn is_gone(&self) -> bool {
        self.left_on.is_some()
    }

    /// Whether the person holds a certificate of this kind; an operator's is also the older one.
    pub fn holds(&self, kind: CertificateKind) -> bool {
        self.certificates.iter().any(|held| held.kind.is_engineers() == kind.is_engineers())
    }

    /// Checks name and certificates of a record from outside. Returns it fit to keep.
    pub fn checked(&self) -> Result<Self, PersonError> {
        let name = text::name(&self.name, NAME_LENGTH_MAX)?;
        let certificates = self.certificates.iter().map(Certificate::checked).collect::<Result<_, _>>()?;
        Ok(Self { name, certificates, ..self.clone() })
    }

    /// the person with this certificate. It replaces the one of the same kind and number, because a renewal
    /// keeps its number.
    pub fn with_certificate(&self, certificate: Certificate) -> Result<Self, PersonError> {
        let certificate = certificate.checked()?;
        let mut after = self.clone();
        let same = |held: &&mut Certificate| held.kind == certificate.kind && held.number == certificate.number;
        match after.certificates.iter_mut().find(same) {
            Some(held) => *held = certificate,
            None => after.certificates.push(certificate),
        }
        Ok(after)
    }

    /// The person's registrations as a fire engineer.
    pub fn registrations(&self) -> Vec<Registration> {
        self.certificates.iter().filter_map(Certificate::registration).collect()
    }

    /// whether the person is a registered fire engineer whose registration holds on `day`.
    pub fn is_registered_engineer(&self, day: NaiveDate) -> bool {
        is_qualified_reviewer(&self.registrations(), day)
    }

    /// The best operator level that holds on `day`, 1 being the highest; a legacy fire guard certificate counts as
    /// its grade.
    pub fn operator_level(&self, day: NaiveDate) -> Option<u8> {
        self.certificates.iter().filter_map(|held| held.operator_level(day)).min()
    }

    /// whether the person holds an operator certificate of intermediate grade or above on `day`.
    pub fn is_intermediate_operator(&self, day: NaiveDate) -> bool {
        self.operator_level(day).is_some_and(|level| level <= INTERMEDIATE_LEVEL)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    pub(crate) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(crate) fn person(certificates: Vec<Certificate>) -> Person {
        let (id, organisation) = (PersonId(Uuid::from_u128(7)), OrganisationId(Uuid::from_u128(1)));
        Person::new(id, organisation, "马晓燕".into(), certificates)
    }

    pub(crate) fn operator(level: u8) -> Certificate {
        let kind = CertificateKind::FacilityOperatorCert;
        Certificate { kind, level, number: "OP-1".into(), valid_from: None, valid_to: None, issued: None }
    }

    pub(crate) fn engineer(from: &str, to: &str) -> Certificate {
        Certificate {
            kind: CertificateKind::RegisteredEngineer,
            level: 1,
            number: "RE-1".into(),
            valid_from: Some(day(from)),
            valid_to: Some(day(to)),
            issued: None,
        }
    }

    /// level 5 is the lowest, 1 the highest; intermediate or above means a numeric level of at most 4.
    #[test]
    fn r_011_intermediate_or_above_is_level_four_or_a_smaller_number() {
        let today = day("2020-03-01");
        let passes = |level| person(vec![operator(level)]).is_intermediate_operator(today);
        assert_eq!([5, 4, 3, 2, 1].map(passes), [false, true, true, true, true]);
        assert_eq!(person(vec![operator(5), operator(3)]).operator_level(today), Some(3));
    }

    /// the older fire guard certificate counts as an operator certificate of the same grade.
    #[test]
    fn r_012_a_legacy_fire_guard_certificate_counts_as_its_grade() {
        let legacy = |level| Certificate { kind: CertificateKind::LegacyFireGuardCert, ..operator(level) };
        let today = day("2020-03-01");
        assert!(person(vec![legacy(4)]).is_intermediate_operator(today));
        assert!(!person(vec![legacy(5)]).is_intermediate_operator(today));
        assert!(!person(vec![legacy(1)]).is_registered_engineer(today));
    }

    /// a registration holds from its first to its last day, both inclusive.
    #[test]
    fn r_030_r_150_a_registration_counts_only_within_its_dates() {
        let person = person(vec![engineer("2019-01-01", "2021-12-31"), operator(1)]);
        let holds = |text| person.is_registered_engineer(day(text));
        assert_eq!(["2018-12-31", "2019-01-01", "2021-12-31", "2022-01-01"].map(holds), [false, true, true, false]);
        let reviews = |text| is_qualified_reviewer(&person.registrations(), day(text));
        assert_eq!(["2018-12-31", "2019-01-01", "2021-12-31", "2022-01-01"].map(reviews), [false, true, true, false]);
    }

    /// who has a registration on any day that it may be now is not refused.
    #[test]
    fn r_150_a_reviewer_is_refused_only_without_a_registration_on_every_possible_day() {
        let held = person(vec![engineer("2019-01-01", "2021-12-31")]).registrations();
        let may = |earliest: &str, latest: &str| {
            let end = |text: &str| (!text.is_empty()).then(|| day(text));
            may_be_qualified_reviewer(&held, end(earliest), end(latest))
        };
        assert!(may("2021-12-31", "2022-01-01") && may("2018-12-31", "2019-01-01"), "near midnight");
        assert!(!may("2022-01-01", "2022-01-02") && !may("2018-12-30", "2018-12-31"));
        assert!(may("2018-12-31", "") && may("", "") && !may("2022-01-01", ""), "later is possible, earlier is not");
        assert!(!may_be_qualified_reviewer(&[], None, None));
    }

    /// a renewal counts beside the registration before it; an operator's certificate never does.
    #[test]
    fn r_037_r_150_a_renewed_registration_reviews_on_and_an_operator_does_not() {
        let renewed = person(vec![engineer("2019-01-01", "2021-12-31"), engineer("2022-01-01", "2024-12-31")]);
        let reviews = |person: &Person, text| is_qualified_reviewer(&person.registrations(), day(text));
        assert!(reviews(&renewed, "2021-12-31") && reviews(&renewed, "2022-01-01"));
        assert!(!reviews(&renewed, "2025-01-01"));
        assert!(!reviews(&person(vec![operator(1)]), "2022-01-01"));
    }

    /// a renewal replaces the certificate of its number; another number stands beside it.
    #[test]
    fn r_018_a_certificate_is_renewed_under_its_number() {
        let before = person(vec![engineer("2019-01-01", "2021-12-31"), operator(3)]);
        let renewed = before.with_certificate(engineer("2022-01-01", "2024-12-31")).unwrap();
        assert_eq!(renewed.certificates, [engineer("2022-01-01", "2024-12-31"), operator(3)]);
        let another = Certificate { number: "RE-2".into(), ..engineer("2022-01-01", "2024-12-31") };
        assert_eq!(before.with_certificate(another).map(|after| after.certificates.len()), Ok(3));
        assert_eq!(before.with_certificate(operator(6)), Err(PersonError::LevelUnknown));
    }

    #[test]
    fn r_030_a_registration_without_dates_proves_nothing() {
        let undated = Certificate { valid_to: None, ..engineer("2019-01-01", "2021-12-31") };
        assert!(!person(vec![undated]).is_registered_engineer(day("2020-01-01")));
    }

    #[test]
    fn r_009_r_011_levels_that_do_not_exist_are_refused() {
        let check = |certificate| person(vec![certificate]).checked().map(drop);
        assert_eq!(check(operator(0)), Err(PersonError::LevelUnknown));
        assert_eq!(check(operator(6)), Err(PersonError::LevelUnknown));
        assert_eq!(
            check(Certificate { level: 3, ..engineer("2019-01-01", "2021-01-01") }),
            Err(PersonError::LevelUnknown)
        );
        assert_eq!(check(Certificate { level: 2, ..engineer("2019-01-01", "2021-01-01") }), Ok(()));
        assert_eq!(check(engineer("2021-01-01", "2019-01-01")), Err(PersonError::ValidityReversed));
        let nameless = Person { name: " ".into(), ..person(vec![]) };
        assert_eq!(nameless.checked(), Err(PersonError::Text(TextError::Empty)));
    }
}
