//! What people call a role, a photo, a task, a way, a dispatch, a cause, a contract, a nature.

use super::tongue;
use super::{Arg, Language, Text as T, chip::capital, say, say_with, when};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Actor, Role},
    catalogue::{Catalogue, ItemRef, Nature},
    contract::ContractKind,
    dispatch::{Described, DispatchKind, Step},
    evidence::PhotoRole,
    fault::Way,
    instrument::Instrument,
    ordinals::Ordinals,
    personnel::{CertificateKind, Ending, Expiry},
    restore::Isolable,
    task::TaskKind,
    time::DecidedBy,
    track::Cause,
};

/// Words one after the other.
#[must_use]
pub fn join(language: Language, words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().collect::<Vec<_>>().join(&say(language, T::WordComma))
}

/// Which instances, and where: their ordinals in brackets, and the position.
#[must_use]
pub fn place(language: Language, ordinals: &Ordinals, position: Option<&str>) -> String {
    let which = format!("({})", ordinals.told(&say(language, T::WordComma)));
    match position.map(str::trim).filter(|position| !position.is_empty()) {
        Some(position) => format!("{which} {position}"),
        None => which,
    }
}

/// Where an answer comes from that was recorded in the wrong place.
#[must_use]
pub fn moved_from(language: Language, place: &str) -> String {
    say_with(language, T::WordMovedFrom, &[("place", Arg::from(place))])
}

/// Where an answer went that was recorded in the wrong place.
#[must_use]
pub fn moved_to(language: Language, place: &str) -> String {
    say_with(language, T::WordMovedTo, &[("place", Arg::from(place))])
}

/// A way of handling a fault.
#[must_use]
pub fn way(language: Language, way: Way) -> String {
    let text = match way {
        Way::Troubleshoot => T::WordWayTroubleshoot,
        Way::OwnerAgreed => T::WordWayOwnerAgreed,
        Way::OwnerRefused => T::WordFaultOwnerRefused,
        Way::OutOfScope => T::WordFaultOutOfScope,
        Way::Negotiating => T::WordFaultNegotiating,
    };
    capital(say(language, text))
}

/// What somebody is sent for.
#[must_use]
pub fn dispatch(language: Language, kind: DispatchKind) -> String {
    let text = match kind {
        DispatchKind::Troubleshoot => T::WordWayTroubleshoot,
        DispatchKind::Repair => T::WordDispatchRepair,
    };
    capital(say(language, text))
}

/// A step of a dispatch, as its log tells it.
#[must_use]
pub fn step(language: Language, step: Step) -> String {
    let text = match step {
        Step::Made => T::WordStepMade,
        Step::Issued => T::WordStepIssued,
        Step::Reassigned => T::WordStepReassigned,
        Step::Received => T::WordStepReceived,
        Step::Started => T::WordStepStarted,
        Step::Resolved => T::WordStepResolved,
        Step::Unresolved => T::WordStepUnresolved,
        Step::Cancelled => T::WordDispatchCancelled,
        Step::Changed => T::WordStepChanged,
    };
    capital(say(language, text))
}

/// What a dispatch told of its fault before: where, and what was wrong.
#[must_use]
pub fn before(language: Language, was: &Described, found: Option<(&Catalogue, ItemRef<'_>)>) -> String {
    let told = was.description.told(found, tongue(language));
    let told = was.position.as_deref().map_or_else(|| told.clone(), |position| format!("{position} · {told}"));
    say_with(language, T::WordBefore, &[("told", Arg::from(told))])
}

/// The role of a person, with the appointment as technical director if there is one.
#[must_use]
pub fn actor(language: Language, actor: &Actor) -> String {
    let own = role(language, actor.role);
    if actor.technical_director && actor.role != Role::TechnicalDirector {
        format!("{own} · {}", say(language, T::WordRoleTechnicalDirector))
    } else {
        own
    }
}

/// What a role is called.
#[must_use]
pub fn role(language: Language, role: Role) -> String {
    let text = match role {
        Role::FieldOperator => T::WordRoleFieldOperator,
        Role::ProjectLead => T::WordRoleProjectLead,
        Role::CompanyManager | Role::Admin => T::WordRoleCompanyManager,
        Role::TechnicalDirector => T::WordRoleTechnicalDirector,
        Role::OwnerContact => T::WordRoleOwnerContact,
        Role::Regulator => T::WordRoleRegulator,
    };
    capital(say(language, text))
}

/// What a photo is for.
#[must_use]
pub fn photo(language: Language, role: PhotoRole) -> String {
    let text = match role {
        PhotoRole::Selfie => T::WordPhotoSelfie,
        PhotoRole::Evidence => T::WordPhotoEvidence,
        PhotoRole::Panel => T::WordPhotoPanel,
        PhotoRole::Paper => T::WordPhotoPaper,
        PhotoRole::Restored => T::WordPhotoRestored,
        PhotoRole::Outside => T::WordPhotoOutside,
    };
    capital(say(language, text))
}

/// What a task is for. The name of a task outside the plan begins with it.
#[must_use]
pub fn task(language: Language, kind: TaskKind) -> String {
    let text = match kind {
        TaskKind::Planned => T::WordTaskPlanned,
        TaskKind::Supplementary => T::WordTaskSupplementary,
        TaskKind::Mismatch => T::WordTaskMismatch,
        TaskKind::Request => T::WordTaskRequest,
    };
    capital(say(language, text))
}

/// What a test isolates.
#[must_use]
pub fn isolable(language: Language, system: Isolable) -> String {
    let text = match system {
        Isolable::FireAlarm => T::WordIsolableFireAlarm,
        Isolable::FirePumps => T::WordIsolableFirePumps,
        Isolable::Sprinkler => T::WordIsolableSprinkler,
        Isolable::WaterSpray => T::WordIsolableWaterSpray,
        Isolable::Gas => T::WordIsolableGas,
        Isolable::SmokeControl => T::WordIsolableSmokeControl,
        Isolable::Shutters => T::WordIsolableShutters,
        Isolable::Broadcast => T::WordIsolableBroadcast,
        Isolable::Lifts => T::WordIsolableLifts,
    };
    capital(say(language, text))
}

/// What a certificate proves.
#[must_use]
pub fn certificate(language: Language, kind: CertificateKind) -> String {
    let text = match kind {
        CertificateKind::RegisteredEngineer => T::WordCertificateEngineer,
        CertificateKind::FacilityOperatorCert => T::WordCertificateOperator,
        CertificateKind::LegacyFireGuardCert => T::WordCertificateFireGuard,
    };
    say(language, text)
}

/// what is to be said of somebody's certificates on a day, a sentence each.
#[must_use]
pub fn expiring(language: Language, name: &str, endings: &[Ending], day: NaiveDate) -> Vec<String> {
    let said = |ending: &Ending| {
        let (text, days) = match ending.on(day)? {
            Expiry::Ended => (T::WordCertificateEnded, 0),
            Expiry::Soon { days } => (T::WordCertificateEnding, days),
        };
        let values = [
            ("name", Arg::from(name)),
            ("certificate", Arg::from(certificate(language, ending.kind))),
            ("day", Arg::from(when::date(language, ending.last_day))),
            ("count", Arg::from(days)),
        ];
        Some(say_with(language, text, &values))
    };
    endings.iter().filter_map(said).collect()
}

/// what is to be said of an instrument on a day.
#[must_use]
pub fn instrument_expired(language: Language, instrument: &Instrument, day: NaiveDate) -> Option<String> {
    let values = [
        ("number", Arg::from(&instrument.number)),
        ("kind", Arg::from(&instrument.kind)),
        ("day", Arg::from(when::date(language, instrument.valid_to))),
    ];
    instrument.has_expired(day).then(|| say_with(language, T::WordInstrumentExpired, &values))
}

/// How often a plan comes.
#[must_use]
pub fn nature(language: Language, nature: Nature) -> String {
    let text = match nature {
        Nature::Month => T::WordPlanMonth,
        Nature::Quarter => T::WordPlanQuarter,
        Nature::Year => T::WordPlanYear,
    };
    capital(say(language, text))
}

/// What a contract is for.
#[must_use]
pub fn contract(language: Language, kind: ContractKind) -> String {
    let text = match kind {
        ContractKind::Maintenance => T::WordContractMaintenance,
        ContractKind::CompletionInspection => T::WordContractCompletionInspection,
        ContractKind::AnnualInspection => T::WordContractAnnualInspection,
        ContractKind::SpecialInspection => T::WordContractSpecialInspection,
        ContractKind::SafetyEvaluation => T::WordContractSafetyEvaluation,
    };
    say(language, text)
}

/// What decided whether a submission came in time, as a sentence.
#[must_use]
pub fn decided_by(language: Language, by: DecidedBy) -> String {
    let text = match by {
        DecidedBy::Proof => T::WordSubmittedByProof,
        DecidedBy::PhoneClock => T::WordSubmittedByPhoneClock,
        DecidedBy::Receipt => T::WordSubmittedByReceipt,
    };
    say(language, text)
}

/// Why nothing was recorded.
#[must_use]
pub fn cause(language: Language, cause: Cause) -> String {
    let text = match cause {
        Cause::Unknown => T::WordCauseUnknown,
        Cause::StoppedByUser => T::WordCauseStopped,
        Cause::PermissionMissing => T::WordCausePermission,
        Cause::Killed => T::WordCauseKilled,
        Cause::LocationOff => T::WordCauseOff,
        Cause::NoSignal => T::WordCauseNoSignal,
        Cause::BatterySaver => T::WordCauseBattery,
        Cause::Reboot => T::WordCauseReboot,
        Cause::DiskFull => T::WordCauseDisk,
        Cause::PoorAccuracy => T::WordCauseAccuracy,
        Cause::Mock => T::WordCauseMock,
        Cause::NotGnss => T::WordCauseNotGnss,
    };
    say(language, text)
}
