//! Drawing an application up.

use super::{ChangeKind, PersonnelChange};
use crate::{
    account::{AccountError, checked_phone},
    code::Code,
    id::{AccountId, OrganisationId, PersonnelChangeId},
    personnel::{Certificate, CertificateKind, IdentityError, IdentityNumber, NAME_LENGTH_MAX, Person, PersonError},
    text::{self, TEXT_MAX, TextError},
    time::Timestamp,
};

/// What is wanted, as typed.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The id of the new application.
    pub id: PersonnelChangeId,
    /// The firm.
    pub organisation: OrganisationId,
    /// What is applied for.
    pub kind: ChangeKind,
    /// The name. That of somebody who is on the list goes before it.
    pub name: String,
    /// The number of the identity card. That of the list goes before it.
    pub identity: String,
    /// The phone number; empty takes that of the list.
    pub phone: String,
    /// The certificate that comes.
    pub certificate: Option<Certificate>,
    /// Why.
    pub reason: String,
    /// Who draws it up.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Why an application is not drawn up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawUpError {
    /// The name is not fit to keep.
    #[error(transparent)]
    Name(TextError),
    /// The reason is not fit to keep.
    #[error(transparent)]
    Reason(TextError),
    /// The ID number.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The phone number.
    #[error(transparent)]
    Phone(#[from] AccountError),
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] PersonError),
    /// An engineer or an operator comes without a certificate, or with one of another kind; or a registration lacks one of
    /// its two days.
    #[error("the certificate of this kind is required, a registration with both its days")]
    CertificateRequired,
    /// Nobody is chosen who could leave, or somebody who is not what the kind says.
    #[error("nobody of this kind is chosen from the personnel list")]
    PersonRequired,
}

impl DrawUpError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Name(error) | Self::Reason(error) => error.code(),
            Self::Identity(error) => error.code(),
            Self::Phone(error) => error.code(),
            Self::Certificate(error) => error.code(),
            Self::CertificateRequired => Code::CertificateRequired,
            Self::PersonRequired => Code::PersonRequired,
        }
    }
}

/// draws an application up. `person` is who was chosen from the list: required of whoever leaves, and of whoever is
/// there already and gets another certificate.
///
/// # Errors
/// See [`DrawUpError`].
pub fn draw_up(wanted: Wanted, person: Option<&Person>) -> Result<PersonnelChange, DrawUpError> {
    let kind = wanted.kind;
    if !kind.adds() && !person.is_some_and(|person| !person.is_gone() && is_what_leaves(kind, person)) {
        return Err(DrawUpError::PersonRequired);
    }
    let name = person.map_or(wanted.name.as_str(), |person| &person.name);
    let known = person.and_then(|person| person.phone.as_deref()).filter(|_| text::is_blank(&wanted.phone));
    let identity = match person.and_then(|person| person.identity.clone()) {
        Some(known) => known,
        None => IdentityNumber::new(&wanted.identity)?,
    };
    Ok(PersonnelChange {
        id: wanted.id,
        organisation: wanted.organisation,
        kind,
        person: person.map(|person| person.id),
        name: text::name(name, NAME_LENGTH_MAX).map_err(DrawUpError::Name)?,
        identity,
        phone: checked_phone(known.unwrap_or(&wanted.phone))?,
        certificate: certificate(kind, wanted.certificate)?,
        reason: text::required(&wanted.reason, TEXT_MAX).map_err(DrawUpError::Reason)?,
        by: wanted.by,
        at: wanted.at,
        sent: None,
        decided: None,
    })
}

/// Whether somebody is what the kind says goes: an engineer or an operator holds such a certificate; anybody may leave as
/// another person who holds none.
fn is_what_leaves(kind: ChangeKind, person: &Person) -> bool {
    match kind {
        ChangeKind::RemoveEngineer => person.holds(CertificateKind::RegisteredEngineer),
        ChangeKind::RemoveOperator => person.holds(CertificateKind::FacilityOperatorCert),
        _ => person.certificates.is_empty(),
    }
}

fn certificate(kind: ChangeKind, held: Option<Certificate>) -> Result<Option<Certificate>, DrawUpError> {
    if !matches!(kind, ChangeKind::AddEngineer | ChangeKind::AddOperator) {
        return Ok(None);
    }
    let held = held.filter(|held| kind.is_of(held.kind)).ok_or(DrawUpError::CertificateRequired)?;
    // the annex asks for both days of a registration.
    if held.kind.is_engineers() && held.valid_from.zip(held.valid_to).is_none() {
        return Err(DrawUpError::CertificateRequired);
    }
    Ok(Some(held.checked()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        personnel::tests::{engineer, operator, person},
        personnel_change::{ChangeState, tests::wanted},
    };

    /// what is drawn up has its texts, its ID number and its certificate checked, and is not sent yet.
    #[test]
    fn r_018_an_application_names_the_person_the_certificate_and_the_reason() {
        let drawn = draw_up(wanted(ChangeKind::AddOperator), None).unwrap();
        assert_eq!((drawn.state(), drawn.phone.as_str()), (ChangeState::Draft, "13900000012"));
        assert_eq!(drawn.certificate, Some(operator(4)));
        let with = |change: fn(&mut Wanted)| {
            let mut wanted = wanted(ChangeKind::AddOperator);
            change(&mut wanted);
            draw_up(wanted, None).map(drop).map_err(DrawUpError::code)
        };
        assert_eq!(with(|wanted| wanted.identity = "620121198808122222".into()), Err(Code::IdentityMalformed));
        assert_eq!(with(|wanted| wanted.reason = " ".into()), Err(Code::TextRequired));
        assert_eq!(with(|wanted| wanted.phone = "none".into()), Err(Code::PhoneMalformed));
        assert_eq!(with(|wanted| wanted.certificate = None), Err(Code::CertificateRequired));
        assert_eq!(with(|wanted| wanted.certificate = Some(operator(6))), Err(Code::CertificateLevelUnknown));
        let other = |wanted: &mut Wanted| wanted.certificate = Some(engineer("2026-01-01", "2028-12-31"));
        assert_eq!(with(other), Err(Code::CertificateRequired), "an engineer's makes no operator");
    }

    /// a registration has its first and its last day.
    #[test]
    fn r_008_an_engineer_comes_with_both_days_of_the_registration() {
        let undated = Certificate { valid_to: None, ..engineer("2026-01-01", "2028-12-31") };
        let wanted = Wanted { certificate: Some(undated), ..wanted(ChangeKind::AddEngineer) };
        assert_eq!(draw_up(wanted, None), Err(DrawUpError::CertificateRequired));
    }

    /// who leaves is chosen from the list and is what the kind says; the name comes from the list.
    #[test]
    fn r_019_who_leaves_is_on_the_list_and_is_what_the_kind_says() {
        let lead = person(vec![engineer("2020-01-01", "2027-01-01")]);
        let leaves = |kind, person| draw_up(wanted(kind), person).map(|drawn| drawn.name);
        assert_eq!(leaves(ChangeKind::RemoveEngineer, Some(&lead)).as_deref(), Ok("马晓燕"));
        assert_eq!(leaves(ChangeKind::RemoveEngineer, None), Err(DrawUpError::PersonRequired));
        for kind in [ChangeKind::RemoveOperator, ChangeKind::RemoveOther] {
            assert_eq!(leaves(kind, Some(&lead)), Err(DrawUpError::PersonRequired), "{kind:?}");
        }
        let gone = Person { left_on: "2026-01-01".parse().ok(), ..lead.clone() };
        assert_eq!(leaves(ChangeKind::RemoveEngineer, Some(&gone)), Err(DrawUpError::PersonRequired));
    }
}
