//! What phones know of the people of their firm: who may be present at a task, and how long their certificates hold
//! . No number of a certificate travels.

use super::{CertificateKind, Person};
use crate::id::{AccountId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How many days before its end a certificate is worth a warning.
pub const ENDING_DAYS: i64 = 60;

/// The last day of the certificates of one kind that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// What they prove.
    pub kind: CertificateKind,
    /// The last day, inclusive.
    pub last_day: NaiveDate,
}

/// What is to be said of a certificate on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// It has ended.
    Ended,
    /// It ends within [`ENDING_DAYS`].
    Soon {
        /// In how many days; 0 on its last day.
        days: i64,
    },
}

/// Somebody of the firm who may be present at a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// The person.
    pub person: PersonId,
    /// The person's open account on a phone, if there is one: such a colleague can go on with a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The name.
    pub name: String,
    /// When the certificates end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endings: Vec<Ending>,
}

impl Ending {
    /// whether the certificates have ended on `day`, or end soon.
    pub fn on(&self, day: NaiveDate) -> Option<Expiry> {
        let days = (self.last_day - day).num_days();
        if days < 0 { Some(Expiry::Ended) } else { (days <= ENDING_DAYS).then_some(Expiry::Soon { days }) }
    }
}

impl Person {
    /// When the person's certificates end, by kind: of two of a kind the one that ends later counts, and one without an
    /// end counts for ever.
    pub fn endings(&self) -> Vec<Ending> {
        let kinds = [
            CertificateKind::RegisteredEngineer,
            CertificateKind::FacilityOperatorCert,
            CertificateKind::LegacyFireGuardCert,
        ];
        let ending = |kind: CertificateKind| {
            let ends: Option<Vec<NaiveDate>> =
                self.certificates.iter().filter(|held| held.kind == kind).map(|held| held.valid_to).collect();
            Some(Ending { kind, last_day: ends?.into_iter().max()? })
        };
        kinds.into_iter().filter_map(ending).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personnel::tests::{day, engineer, operator, person};

    /// a certificate warns from 60 days before its end on, on its last day too, and for ever after.
    #[test]
    fn r_365_a_certificate_warns_from_sixty_days_before_its_end() {
        let [ending] = person(vec![engineer("2019-01-01", "2021-12-31")]).endings()[..] else { panic!() };
        let on = |text| ending.on(day(text));
        assert_eq!(on("2021-11-01"), Some(Expiry::Soon { days: 60 }));
        assert_eq!(on("2021-10-31"), None);
        assert_eq!(on("2021-12-31"), Some(Expiry::Soon { days: 0 }));
        assert_eq!(on("2022-01-01"), Some(Expiry::Ended));
    }

    #[test]
    fn r_365_a_renewed_certificate_and_one_without_an_end_do_not_warn() {
        let renewed = person(vec![engineer("2019-01-01", "2021-12-31"), engineer("2022-01-01", "2024-12-31")]);
        assert_eq!(renewed.endings().iter().map(|held| held.last_day).collect::<Vec<_>>(), [day("2024-12-31")]);
        assert_eq!(person(vec![operator(3)]).endings(), []);
    }
}
