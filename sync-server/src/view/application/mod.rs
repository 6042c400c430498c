//! First applications of firms in words (R-002…R-013).

use super::{
    Reader,
    personnel::{certificate, level, occupation, validity},
};
use crate::text::Text as T;
use firebee_domain::{
    application::{Application, ApplicationState, Document},
    id::{ApplicationId, ContentId},
    organisation::{Profile, ServiceType},
};
use firebee_protocol::text::{Chip, Language, Shape, Tone, When, say, word};
use strum::VariantArray as _;

/// An application in a list.
pub struct ApplicationLine {
    /// Its id.
    pub id: ApplicationId,
    /// What the firm is called.
    pub name: String,
    /// When it was opened.
    pub at: When,
    /// Where it stands.
    pub state: Chip,
}

/// An application in a list, in words.
#[must_use]
pub fn line(reader: Reader<'_>, application: &Application) -> ApplicationLine {
    ApplicationLine {
        id: application.id,
        name: application.called().to_owned(),
        at: reader.when(application.at),
        state: state(reader.language, application.state()),
    }
}

/// Where an application stands.
#[must_use]
pub fn state(language: Language, state: ApplicationState) -> Chip {
    let (tone, shape, text) = match state {
        ApplicationState::Open => (Tone::Untestable, Shape::Pencil, T::ApplicationOpen),
        ApplicationState::Submitted => (Tone::Waiting, Shape::Clock, T::ApplicationSubmitted),
        ApplicationState::Returned => (Tone::Nonconform, Shape::Back, T::ApplicationReturned),
        ApplicationState::Accepted => (Tone::Conform, Shape::Check, T::ApplicationAccepted),
    };
    Chip { tone, shape, word: say(language, text) }
}

/// What a document is called.
#[must_use]
pub fn document(language: Language, document: Document) -> String {
    say(
        language,
        match document {
            Document::Firm => T::ApplicationFirm,
            Document::Engineers => T::ApplicationEngineers,
            Document::Operators => T::ApplicationOperators,
            Document::Undertaking => T::ApplicationUndertaking,
        },
    )
}

/// What a service is called.
#[must_use]
pub fn service(language: Language, service: ServiceType) -> String {
    say(
        language,
        match service {
            ServiceType::MaintenanceInspection => T::ApplicationMaintenance,
            ServiceType::SafetyEvaluation => T::ApplicationEvaluation,
        },
    )
}

/// Services, one behind the other.
#[must_use]
pub fn services(language: Language, services: &[ServiceType]) -> String {
    word::join(language, services.iter().map(|each| service(language, *each)))
}

/// Somebody of annex 2 or 3.
pub struct ApplicantLine {
    /// The place in the application, counted from 0.
    pub at: usize,
    /// The name.
    pub name: String,
    /// The ID number.
    pub identity: String,
    /// The phone number.
    pub phone: String,
    /// The certificate with its grade.
    pub certificate: String,
    /// What it proves.
    pub occupation: String,
    /// Its grade.
    pub level: String,
    /// Its number.
    pub number: String,
    /// Its days.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// When it holds.
    pub validity: String,
    /// The day of issue.
    pub issued: String,
}

/// One of the four documents.
pub struct DocumentLine {
    /// Its word in addresses.
    pub value: &'static str,
    /// What it is called.
    pub word: String,
    /// Its sealed scan.
    pub scan: Option<ContentId>,
}

/// An application as its pages show it.
pub struct ApplicationView {
    /// Its id.
    pub id: ApplicationId,
    /// What the firm is called.
    pub name: String,
    /// Where it stands.
    pub state: Chip,
    /// Whether annex 1 is filled in.
    pub is_filled_in: bool,
    /// The credit code.
    pub uscc: String,
    /// The number in the national system.
    pub registration: String,
    /// The services.
    pub services: String,
    /// The rest of annex 1.
    pub profile: Profile,
    /// Registered engineers.
    pub engineers: Vec<ApplicantLine>,
    /// Facility operators.
    pub operators: Vec<ApplicantLine>,
    /// The four documents.
    pub documents: Vec<DocumentLine>,
    /// Why it was returned; empty where it was not, or nothing was said.
    pub reason: String,
    /// Whether the firm may change it.
    pub is_open: bool,
    /// Whether it waits for the corps.
    pub waits: bool,
    /// What the corps may want to look at: the conditions of practice in numbers.
    pub doubts: Vec<String>,
}

/// An application in words.
#[must_use]
pub fn view(language: Language, application: &Application) -> ApplicationView {
    let annex = application.annex.as_ref();
    let standing = application.state();
    let of = |document: Document| applicants(language, application, document);
    ApplicationView {
        id: application.id,
        name: application.called().to_owned(),
        state: state(language, standing),
        is_filled_in: annex.is_some(),
        uscc: annex.map(|annex| annex.uscc.clone()).unwrap_or_default(),
        registration: annex.map(|annex| annex.national_registration_no.clone()).unwrap_or_default(),
        services: annex.map(|annex| services(language, &annex.service_types)).unwrap_or_default(),
        profile: annex.map(|annex| annex.profile.clone()).unwrap_or_default(),
        engineers: of(Document::Engineers),
        operators: of(Document::Operators),
        documents: Document::VARIANTS
            .iter()
            .map(|each| DocumentLine {
                value: each.into(),
                word: document(language, *each),
                scan: application.scans.get(each).copied(),
            })
            .collect(),
        reason: application.answered.as_ref().map(|answered| answered.reason.clone()).unwrap_or_default(),
        is_open: matches!(standing, ApplicationState::Open | ApplicationState::Returned),
        waits: standing == ApplicationState::Submitted,
        doubts: doubts(language, application),
    }
}

fn applicants(language: Language, application: &Application, document: Document) -> Vec<ApplicantLine> {
    let here = application.applicants.iter().enumerate().filter(|(_, applicant)| applicant.document() == document);
    here.map(|(at, applicant)| {
        let held = &applicant.certificate;
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        ApplicantLine {
            at,
            name: applicant.name.clone(),
            identity: applicant.identity.as_str().to_owned(),
            phone: applicant.phone.clone(),
            certificate: certificate(language, held),
            occupation: occupation(language, held.kind),
            level: level(language, held.kind, held.level),
            number: held.number.clone(),
            from: day(held.valid_from),
            to: day(held.valid_to),
            validity: validity(language, held.valid_from, held.valid_to),
            issued: day(held.issued),
        }
    })
    .collect()
}

/// What the conditions of practice (order 7 of 2021) ask of a firm that maintains and that the application does not show. It
/// stops nothing: the corps decides.
fn doubts(language: Language, application: &Application) -> Vec<String> {
    let maintains = application
        .annex
        .as_ref()
        .is_some_and(|annex| annex.service_types.contains(&ServiceType::MaintenanceInspection));
    if !maintains {
        return Vec::new();
    }
    let count = |of: &dyn Fn(bool, u8) -> bool| {
        let held = application.applicants.iter().map(|applicant| &applicant.certificate);
        held.filter(|held| of(held.kind.is_engineers(), held.level)).count()
    };
    let engineers = count(&|engineer, _| engineer) < 2 || count(&|engineer, level| engineer && level == 1) < 1;
    let operators = count(&|engineer, _| !engineer) < 6 || count(&|engineer, level| !engineer && level <= 4) < 2;
    [(engineers, T::ApplicationFewEngineers), (operators, T::ApplicationFewOperators)]
        .into_iter()
        .filter(|(few, _)| *few)
        .map(|(_, text)| say(language, text))
        .collect()
}
