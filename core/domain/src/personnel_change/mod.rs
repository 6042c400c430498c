//! The application of a firm to change its personnel list: drawn up, printed as annex 5, sealed, sent
//! with its papers, and decided once by the regulator. Only an approval changes the list.

mod decide;
mod draw_up;
mod send;
mod ties;

pub use decide::{DecideError, Outcome, approved, decide};
pub use draw_up::{DrawUpError, Wanted, draw_up};
pub use send::{SendError, send};
pub use ties::Ties;

use crate::{
    id::{AccountId, ContentId, OrganisationId, PersonId, PersonnelChangeId},
    personnel::{Certificate, CertificateKind, IdentityNumber},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What is applied for: one of three comes, or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ChangeKind {
    /// A registered fire engineer comes, or gets another registration.
    AddEngineer,
    /// A registered fire engineer leaves.
    RemoveEngineer,
    /// A facility operator comes, or gets another certificate.
    AddOperator,
    /// A facility operator leaves.
    RemoveOperator,
    /// Somebody else comes.
    AddOther,
    /// Somebody else leaves.
    RemoveOther,
}

/// What the archive of an application holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Paper {
    /// A copy of the identity card.
    Identity,
    /// A copy of the certificate.
    Certificate,
    /// A copy of the labour contract.
    Contract,
    /// The proof that the employment ended.
    Termination,
}

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ChangeState {
    /// Drawn up; its form is to be printed, sealed and sent.
    Draft,
    /// In first review.
    Pending,
    /// The list was changed.
    Approved,
    /// The list stays, for a reason.
    Rejected,
}

/// What was sent with an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The scan of the sealed form.
    pub form: ContentId,
    /// The archive with the papers. Nobody unpacks it.
    pub archive: ContentId,
    /// What it holds.
    pub papers: Vec<Paper>,
    /// Who sent it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// The one decision of the regulator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What was decided.
    pub outcome: Outcome,
    /// Why; never empty at a rejection.
    pub reason: String,
    /// Who decided.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// An application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonnelChange {
    /// Its id.
    pub id: PersonnelChangeId,
    /// The firm.
    pub organisation: OrganisationId,
    /// What is applied for.
    pub kind: ChangeKind,
    /// Who it is about, where the person is on the list: whoever leaves, and whoever gets another certificate.
    pub person: Option<PersonId>,
    /// The person's name.
    pub name: String,
    /// The number of the identity card.
    pub identity: IdentityNumber,
    /// The phone number.
    pub phone: String,
    /// The certificate that comes; `None` where nothing is certified, and at a removal.
    pub certificate: Option<Certificate>,
    /// Why, as typed.
    pub reason: String,
    /// Who drew it up.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// What was sent, once it was.
    pub sent: Option<Sent>,
    /// The decision, once there is one.
    pub decided: Option<Decided>,
}

impl ChangeKind {
    /// Whether somebody comes.
    pub const fn adds(self) -> bool {
        matches!(self, Self::AddEngineer | Self::AddOperator | Self::AddOther)
    }

    /// Whether it is about a registered engineer (`Some(true)`), an operator, or somebody else (`None`).
    const fn of_engineers(self) -> Option<bool> {
        match self {
            Self::AddEngineer | Self::RemoveEngineer => Some(true),
            Self::AddOperator | Self::RemoveOperator => Some(false),
            Self::AddOther | Self::RemoveOther => None,
        }
    }

    /// Whether a certificate of this kind makes somebody what the application is about.
    pub fn is_of(self, kind: CertificateKind) -> bool {
        self.of_engineers() == Some(kind.is_engineers())
    }

    /// the papers that its archive must hold. A copy of the certificate only where there is one.
    pub const fn papers(self) -> &'static [Paper] {
        match self {
            Self::AddEngineer | Self::AddOperator => &[Paper::Identity, Paper::Certificate, Paper::Contract],
            Self::AddOther => &[Paper::Identity, Paper::Contract],
            Self::RemoveEngineer | Self::RemoveOperator => &[Paper::Identity, Paper::Certificate, Paper::Termination],
            Self::RemoveOther => &[Paper::Identity, Paper::Termination],
        }
    }
}

impl PersonnelChange {
    /// Where it stands.
    pub fn state(&self) -> ChangeState {
        match (&self.sent, &self.decided) {
            (None, _) => ChangeState::Draft,
            (Some(_), None) => ChangeState::Pending,
            (Some(_), Some(decided)) => match decided.outcome {
                Outcome::Approved => ChangeState::Approved,
                Outcome::Rejected => ChangeState::Rejected,
            },
        }
    }

    /// The files that belong to it.
    pub fn files(&self) -> impl Iterator<Item = ContentId> + '_ {
        self.sent.iter().flat_map(|sent| [sent.form, sent.archive])
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::personnel::tests::{day, engineer, operator, person};
    use chrono::NaiveDate;
    use uuid::Uuid;

    pub(crate) const ZHAO: &str = "630102199001010013";

    pub(crate) fn today() -> NaiveDate {
        day("2026-12-01")
    }

    pub(crate) fn account() -> AccountId {
        AccountId(Uuid::from_u128(40))
    }

    pub(crate) fn wanted(kind: ChangeKind) -> Wanted {
        Wanted {
            id: PersonnelChangeId(Uuid::from_u128(90)),
            organisation: OrganisationId(Uuid::from_u128(1)),
            kind,
            name: "赵敏".into(),
            identity: ZHAO.into(),
            phone: "139 0000 0012".into(),
            certificate: match kind {
                ChangeKind::AddEngineer => Some(engineer("2026-01-01", "2028-12-31")),
                ChangeKind::AddOperator => Some(operator(4)),
                _ => None,
            },
            reason: "新入职".into(),
            by: account(),
            at: Timestamp(1),
        }
    }

    /// An application that was sent.
    pub(crate) fn pending(kind: ChangeKind) -> PersonnelChange {
        let held = match kind {
            ChangeKind::RemoveEngineer => vec![engineer("2020-01-01", "2027-01-01")],
            ChangeKind::RemoveOperator => vec![operator(3)],
            _ => vec![],
        };
        let leaver = person(held);
        let drawn = draw_up(wanted(kind), (!kind.adds()).then_some(&leaver)).unwrap();
        let file = |n: u8| ContentId([n; 32]);
        let sent =
            Sent { form: file(1), archive: file(2), papers: kind.papers().to_vec(), by: account(), at: Timestamp(2) };
        send(&drawn, sent).unwrap()
    }

    /// six types; each names one of three who come or go.
    #[test]
    fn r_019_a_change_adds_or_removes_one_of_three() {
        assert_eq!(ChangeKind::VARIANTS.len(), 6);
        assert_eq!(ChangeKind::VARIANTS.iter().filter(|kind| kind.adds()).count(), 3);
        assert!(ChangeKind::AddEngineer.is_of(CertificateKind::RegisteredEngineer));
        assert!(ChangeKind::RemoveOperator.is_of(CertificateKind::LegacyFireGuardCert), "R-012");
        assert!(!ChangeKind::AddOther.is_of(CertificateKind::FacilityOperatorCert));
    }
}
