//! The same words, shapes and colours for a state on every page.

use super::part::Chip;
use firebee_domain::{
    account::{Actor, Role},
    catalogue::Nature,
    contract::ContractKind,
    evidence::PhotoRole,
    fault::{FaultState, Way},
    geofence::CoverageVerdict,
    plan::{PlanItemState, PlanStatus},
    project::{Missing, ProjectStatus},
    result::Verdict,
    task::TaskState,
    track::Cause,
};
use firebee_protocol::text::{Language, Text as T, say};

const CHECK: &str = "M3 8.5 6.5 12 13 4.5";
const CROSS: &str = "M4 4l8 8M12 4l-8 8";
const DASH: &str = "M3.5 8h9";
const CLOCK: &str = "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11ZM8 5v3.200l2 1.300";
const PENCIL: &str = "M3 13l1-3.500 7-7 2.500 2.500-7 7z";
const BACK: &str = "M6.500 3.500 3 7l3.500 3.500M3 7h7a3 3 0 0 1 0 6H8";
const BIN: &str = "M3 4.500h10M6 4.500V3h4v1.500M4.500 4.500 5 13h6l.5-8.500";
const SPEECH: &str = "M3 3.500h10v7H7.500l-3 2.500v-2.500H3z";
const CIRCLE: &str = "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3Z";
const HALF: &str = "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3ZM8 3v10";
const BARRED: &str = "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11ZM4.200 4.200l7.600 7.600";
const WARN: &str = "M8 2.500 14 13H2zM8 6.500v3M8 11.300v.01";

fn chip(language: Language, tone: &'static str, shape: &'static str, text: T) -> Chip {
    Chip { tone, shape, word: capital(say(language, text)) }
}

/// The shared words stand in sentences elsewhere; by itself an English word begins with a capital.
fn capital(word: String) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

///
pub(super) fn verdict(language: Language, verdict: Verdict) -> Chip {
    match verdict {
        Verdict::Conform => chip(language, "conform", CHECK, T::WordVerdictConform),
        Verdict::Nonconform => chip(language, "nonconform", CROSS, T::WordVerdictNonconform),
        Verdict::Untestable => chip(language, "untestable", DASH, T::WordVerdictUntestable),
    }
}

///
pub(super) fn task(language: Language, state: TaskState) -> Chip {
    match state {
        TaskState::Executing => chip(language, "untestable", PENCIL, T::WordTaskExecuting),
        TaskState::PendingReview => chip(language, "waiting", CLOCK, T::WordReviewPending),
        TaskState::Approved => chip(language, "conform", CHECK, T::WordReviewApproved),
        TaskState::Rejected => chip(language, "nonconform", BACK, T::WordReviewRejected),
        TaskState::Discarded => chip(language, "untestable", BIN, T::WordTaskDiscarded),
    }
}

/// The state of a word in a row.
pub(super) fn task_state(word: &str) -> Option<TaskState> {
    TaskState::ALL.into_iter().find(|state| state.code() == word)
}

///
pub(super) fn fault(language: Language, state: FaultState) -> Chip {
    match state {
        FaultState::Unhandled => chip(language, "nonconform", WARN, T::WordFaultUnhandled),
        FaultState::Negotiating => chip(language, "waiting", SPEECH, T::WordFaultNegotiating),
        FaultState::OwnerRefused => chip(language, "late", CROSS, T::WordFaultOwnerRefused),
        FaultState::OutOfScope => chip(language, "untestable", BARRED, T::WordFaultOutOfScope),
        FaultState::Resolving => chip(language, "waiting", PENCIL, T::WordFaultResolving),
        FaultState::Resolved => chip(language, "conform", CHECK, T::WordFaultResolved),
        FaultState::Withdrawn => chip(language, "untestable", BACK, T::WordFaultWithdrawn),
    }
}

/// The ways that issue no dispatch.
pub(super) const WAYS: [Way; 3] = [Way::Negotiating, Way::OwnerRefused, Way::OutOfScope];

/// A way, as a form sends it.
pub(super) const fn way_word(way: Way) -> &'static str {
    match way {
        Way::Troubleshoot => "troubleshoot",
        Way::OwnerAgreed => "owner_agreed",
        Way::OwnerRefused => "owner_refused",
        Way::OutOfScope => "out_of_scope",
        Way::Negotiating => "negotiating",
    }
}

/// A way in words.
pub(super) fn way(language: Language, way: Way) -> String {
    capital(say(
        language,
        match way {
            Way::Troubleshoot => T::WordWayTroubleshoot,
            Way::OwnerAgreed => T::WordWayOwnerAgreed,
            Way::OwnerRefused => T::WordFaultOwnerRefused,
            Way::OutOfScope => T::WordFaultOutOfScope,
            Way::Negotiating => T::WordFaultNegotiating,
        },
    ))
}

///
pub(super) fn track(language: Language, verdict: CoverageVerdict) -> Chip {
    match verdict {
        CoverageVerdict::Covered => chip(language, "conform", CHECK, T::WordTrackCovered),
        CoverageVerdict::NotCovered => chip(language, "nonconform", CROSS, T::WordTrackNotCovered),
        CoverageVerdict::NotRecorded => chip(language, "untestable", DASH, T::WordTrackNotRecorded),
    }
}

/// A track that was played from a file.
pub(super) fn replayed(language: Language) -> Chip {
    chip(language, "late", BACK, T::WordTrackReplayed)
}

///
pub(super) fn plan(language: Language, status: PlanStatus) -> Chip {
    match status {
        PlanStatus::NotIssued => chip(language, "untestable", CIRCLE, T::WordPlanNotIssued),
        PlanStatus::PartlyIssued => chip(language, "waiting", HALF, T::WordPlanPartlyIssued),
        PlanStatus::Issued => chip(language, "waiting", CLOCK, T::WordPlanIssued),
        PlanStatus::Completed => chip(language, "conform", CHECK, T::WordPlanCompleted),
    }
}

/// A plan that has to be made, or issued.
pub(super) fn plan_due(word: String) -> Chip {
    Chip { tone: "waiting", shape: CIRCLE, word }
}

///
pub(super) fn plan_item(language: Language, state: PlanItemState) -> Chip {
    match state {
        PlanItemState::NotIssued => chip(language, "untestable", CIRCLE, T::WordPlanNotIssued),
        PlanItemState::Issued => chip(language, "untestable", CIRCLE, T::WordItemNotExecuted),
        PlanItemState::Executing => chip(language, "untestable", PENCIL, T::WordTaskExecuting),
        PlanItemState::Submitted => chip(language, "waiting", CLOCK, T::WordReviewPending),
        PlanItemState::Approved => chip(language, "conform", CHECK, T::WordReviewApproved),
    }
}

///
pub(super) fn project(language: Language, status: ProjectStatus) -> Chip {
    match status {
        ProjectStatus::Active => chip(language, "conform", CHECK, T::WordProjectActive),
        ProjectStatus::Completed => chip(language, "untestable", DASH, T::WordProjectCompleted),
        ProjectStatus::Terminated => chip(language, "nonconform", BARRED, T::WordProjectTerminated),
    }
}

/// A count of something that waits.
pub(super) fn waits(word: String) -> Chip {
    Chip { tone: "waiting", shape: CLOCK, word }
}

/// A count of something that is wrong.
pub(super) fn wrong(word: String) -> Chip {
    Chip { tone: "nonconform", shape: WARN, word }
}

/// What somebody is.
pub(super) fn role(language: Language, actor: &Actor) -> String {
    let own = role_word(language, actor.role);
    if actor.technical_director && actor.role != Role::TechnicalDirector {
        format!("{own} · {}", say(language, T::WordRoleTechnicalDirector))
    } else {
        own
    }
}

/// What a role is called.
pub(super) fn role_word(language: Language, role: Role) -> String {
    capital(say(
        language,
        match role {
            Role::FieldOperator => T::WordRoleFieldOperator,
            Role::ProjectLead => T::WordRoleProjectLead,
            Role::CompanyManager | Role::Admin => T::WordRoleCompanyManager,
            Role::TechnicalDirector => T::WordRoleTechnicalDirector,
            Role::OwnerContact => T::WordRoleOwnerContact,
            Role::Regulator => T::WordRoleRegulator,
        },
    ))
}

/// What a photo is for.
pub(super) fn photo(language: Language, role: PhotoRole) -> String {
    capital(say(
        language,
        match role {
            PhotoRole::Selfie => T::WordPhotoSelfie,
            PhotoRole::Evidence => T::WordPhotoEvidence,
            PhotoRole::Panel => T::WordPhotoPanel,
            PhotoRole::Paper => T::WordPhotoPaper,
            PhotoRole::Restored => T::WordPhotoRestored,
        },
    ))
}

///
pub(super) fn nature(language: Language, nature: Nature) -> String {
    capital(say(
        language,
        match nature {
            Nature::Month => T::WordPlanMonth,
            Nature::Quarter => T::WordPlanQuarter,
            Nature::Year => T::WordPlanYear,
        },
    ))
}

///
pub(super) fn contract(language: Language, kind: ContractKind) -> String {
    say(
        language,
        match kind {
            ContractKind::Maintenance => T::WordContractMaintenance,
            ContractKind::CompletionInspection => T::WordContractCompletionInspection,
            ContractKind::AnnualInspection => T::WordContractAnnualInspection,
            ContractKind::SpecialInspection => T::WordContractSpecialInspection,
            ContractKind::SafetyEvaluation => T::WordContractSafetyEvaluation,
        },
    )
}

/// what a project still lacks.
pub(super) fn missing(language: Language, missing: &[Missing]) -> String {
    let word = |missing: &Missing| {
        say(
            language,
            match missing {
                Missing::Buildings => T::WordMissingBuildings,
                Missing::Systems => T::WordMissingSystems,
                Missing::Jurisdiction => T::WordMissingJurisdiction,
                Missing::Location => T::WordMissingLocation,
                Missing::Lead => T::WordMissingLead,
            },
        )
    };
    join(language, missing.iter().map(word))
}

/// Words one after the other.
pub(super) fn join(language: Language, words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().collect::<Vec<_>>().join(&say(language, T::WordComma))
}

/// Why nothing was recorded.
pub(super) fn cause(language: Language, cause: Cause) -> String {
    say(
        language,
        match cause {
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
        },
    )
}
