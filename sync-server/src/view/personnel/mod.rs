//! The personnel list in words, and what the public reads of people.

use super::Reader;
use crate::{query::personnel::PersonRow, text::Text as T};
use chrono::NaiveDate;
use firebee_domain::{
    id::{OrganisationId, PersonId},
    personnel::{Certificate, CertificateKind, Expiry, IdentityNumber, Person},
};
use firebee_protocol::text::{Arg, Chip, Language, Shape, Tone, say, say_with, when::date, word};

/// Somebody on the list.
pub struct PersonLine {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The sex, read from the ID number; empty where that is not known.
    pub sex: String,
    /// The ID number; empty where it is not known.
    pub identity: String,
    /// What the person holds, each with its grade.
    pub certificates: String,
    /// The numbers of these.
    pub numbers: String,
    /// The firm.
    pub organisation: String,
    /// The firm's id.
    pub firm: OrganisationId,
    /// What the account is for.
    pub category: String,
    /// How many projects.
    pub projects: String,
    /// Whether the person is with the firm, and what is to be said of the certificates.
    pub state: Chip,
}

/// A row in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &PersonRow) -> PersonLine {
    let (person, language) = (&row.person, reader.language);
    let join = |words: Vec<String>| word::join(language, words);
    PersonLine {
        id: person.id,
        name: person.name.clone(),
        sex: person.identity.as_ref().map(|number| sex(language, number)).unwrap_or_default(),
        identity: person.identity.as_ref().map(|number| number.as_str().to_owned()).unwrap_or_default(),
        certificates: join(person.certificates.iter().map(|held| certificate(language, held)).collect()),
        numbers: join(person.certificates.iter().map(|held| held.number.clone()).collect()),
        organisation: row.organisation.clone(),
        firm: person.organisation,
        category: row.category.map_or_else(|| reader.t(T::PersonnelNoAccount), |role| word::role(language, role)),
        projects: row.projects.to_string(),
        state: state(reader, person, reader.now.china_day()),
    }
}

fn sex(language: Language, number: &IdentityNumber) -> String {
    say(language, if number.is_male() { T::PersonnelMale } else { T::PersonnelFemale })
}

/// A certificate with its grade in brackets.
#[must_use]
pub fn certificate(language: Language, held: &Certificate) -> String {
    let kind = occupation(language, held.kind);
    let values = [("kind", Arg::from(kind)), ("level", Arg::from(level(language, held.kind, held.level)))];
    say_with(language, T::PersonnelCertificate, &values)
}

/// What a certificate makes its holder, as the annexes call it.
#[must_use]
pub fn occupation(language: Language, kind: CertificateKind) -> String {
    say(
        language,
        match kind {
            CertificateKind::RegisteredEngineer => T::PersonnelEngineer,
            CertificateKind::FacilityOperatorCert => T::PersonnelOperator,
            CertificateKind::LegacyFireGuardCert => T::PersonnelFireGuard,
        },
    )
}

/// What a level is called.
#[must_use]
pub fn level(language: Language, kind: CertificateKind, level: u8) -> String {
    let text = match (kind.is_engineers(), level) {
        (true, 1) => T::PersonnelEngineer1,
        (true, _) => T::PersonnelEngineer2,
        (false, 1) => T::PersonnelOperator1,
        (false, 2) => T::PersonnelOperator2,
        (false, 3) => T::PersonnelOperator3,
        (false, 4) => T::PersonnelOperator4,
        (false, _) => T::PersonnelOperator5,
    };
    say(language, text)
}

/// When a certificate holds; empty where it names no day.
#[must_use]
pub fn validity(language: Language, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| date(language, day)).unwrap_or_default();
    if from.is_none() && to.is_none() { String::new() } else { format!("{} – {}", day(from), day(to)) }
}

/// Whether somebody is with the firm, and whose certificates end within 60 days or have ended.
fn state(reader: Reader<'_>, person: &Person, today: NaiveDate) -> Chip {
    if let Some(day) = person.left_on {
        let word = reader.say(T::PersonnelLeft, &[("day", Arg::from(date(reader.language, day)))]);
        return Chip { tone: Tone::Untestable, shape: Shape::Dash, word };
    }
    let worst = person.endings().iter().filter_map(|ending| Some((ending.on(today)?, ending.last_day))).min_by_key(
        |(expiry, _)| match expiry {
            Expiry::Ended => -1,
            Expiry::Soon { days } => *days,
        },
    );
    match worst {
        None => Chip { tone: Tone::Conform, shape: Shape::Check, word: reader.t(T::PersonnelPresent) },
        Some((Expiry::Ended, day)) => {
            let word = reader.say(T::PersonnelEnded, &[("day", Arg::from(date(reader.language, day)))]);
            Chip { tone: Tone::Late, shape: Shape::Clock, word }
        }
        Some((Expiry::Soon { days }, _)) => {
            let word = reader.say(T::PersonnelEnding, &[("count", Arg::from(days))]);
            Chip { tone: Tone::Waiting, shape: Shape::Clock, word }
        }
    }
}
