//! What a firm asks the fire service for with papers, project by project: that a special site may upload its reports
//! and operation changes, which undo what was done by mistake (R-246, R-352, Q30). Once sent, nothing is
//! withdrawn: there is no function for it. What it changes is computed by the same function before the decision and with
//! it, and what was before is kept.

mod effect;

pub use effect::{Effect, EffectError, TaskGround, of_report, of_special_site, of_task};

use crate::{
    code::Code,
    id::{AccountId, ContentId, ProjectId, ReportId, TaskId},
    organisation::RegulatorLevel,
    ruling::{Outcome, Ruling, RulingError, Typed, decide},
    text::{self, At, TEXT_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumString, IntoStaticStr, VariantArray};

/// What is asked for. The manual names two operation changes, an approval and a filing by mistake (Q30); there are no
/// others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumDiscriminants)]
#[serde(rename_all = "snake_case")]
#[strum_discriminants(name(MatterKind))]
#[strum_discriminants(derive(EnumString, IntoStaticStr, VariantArray, Hash, Serialize, Deserialize))]
#[strum_discriminants(serde(rename_all = "snake_case"), strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The kinds of what is asked for.")]
pub enum Matter {
    /// Phones are not allowed on the site: reports may be uploaded.
    SpecialSite,
    /// A report was filed by mistake: it counts no more.
    TakeBackReport(ReportId),
    /// A task was approved by mistake: it waits for its review again.
    TakeBackApproval(TaskId),
}

impl Matter {
    /// Which kind it is.
    pub fn kind(&self) -> MatterKind {
        self.into()
    }
}

impl MatterKind {
    /// whether a unit of this level decides it: a special site the corps, everything else also the units below.
    pub const fn is_decided_by(self, level: RegulatorLevel) -> bool {
        match self {
            Self::SpecialSite => matches!(level, RegulatorLevel::Corps),
            Self::TakeBackReport | Self::TakeBackApproval => true,
        }
    }
}

/// Where a petition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PetitionState {
    /// It waits for the fire service.
    Pending,
    /// It was granted and carried out.
    Approved,
    /// It was refused.
    Rejected,
}

/// A petition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petition {
    /// The project.
    pub project: ProjectId,
    /// What is asked for.
    pub matter: Matter,
    /// Why.
    pub reason: String,
    /// The owner's certificate, or the sealed form; never empty.
    pub files: Vec<ContentId>,
    /// Who asked.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// The one decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
    /// What an approval changed, with what was before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

/// Why nothing is asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// the owner's certificate that phones are not allowed is missing.
    #[error("the owner's certificate is missing")]
    CertificateRequired,
    /// the scan of the sealed form is missing.
    #[error("the scan of the sealed form is missing")]
    FormRequired,
    /// The same is asked for already, and waits.
    #[error("the same is asked for already")]
    Waiting,
    /// It would change nothing, or may not.
    #[error(transparent)]
    Effect(#[from] EffectError),
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
}

impl AskError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::CertificateRequired => Code::OwnerCertificateRequired,
            Self::FormRequired => Code::SealedFormRequired,
            Self::Waiting => Code::PetitionWaiting,
            Self::Effect(error) => error.code(),
            Self::Reason(error) => error.code(),
        }
    }
}

/// What is typed into a petition.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What for.
    pub matter: Matter,
    /// Why.
    pub reason: &'a str,
    /// The papers.
    pub files: &'a [ContentId],
}

/// sends a petition. `waiting` are the matters of the project that wait already; `effect` is what the petition
/// would change now.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn ask(
    (project, waiting): (ProjectId, &[Matter]),
    asked: Asked<'_>,
    effect: Result<Effect, EffectError>,
    (by, at): (AccountId, Timestamp),
) -> Result<Petition, Vec<At<AskError>>> {
    let mut wrong = Vec::new();
    At::take(&mut wrong, "matter", effect.map_err(AskError::from));
    if waiting.contains(&asked.matter) {
        wrong.push(At { field: "matter", error: AskError::Waiting });
    }
    let reason = At::take(&mut wrong, "reason", text::required(asked.reason, TEXT_MAX).map_err(AskError::from));
    if asked.files.is_empty() {
        let error = match asked.matter.kind() {
            MatterKind::SpecialSite => AskError::CertificateRequired,
            MatterKind::TakeBackReport | MatterKind::TakeBackApproval => AskError::FormRequired,
        };
        wrong.push(At { field: "file", error });
    }
    match reason.filter(|_| wrong.is_empty()) {
        Some(reason) => {
            let (matter, files) = (asked.matter, asked.files.to_vec());
            Ok(Petition { project, matter, reason, files, by, at, ruling: None, effect: None })
        }
        None => Err(wrong),
    }
}

/// Why a petition is not decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// It was decided before, or a rejection has no reason.
    #[error(transparent)]
    Ruling(#[from] RulingError),
    /// What was asked for is not possible any more.
    #[error(transparent)]
    Effect(#[from] EffectError),
}

impl DecideError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Ruling(error) => error.code(),
            Self::Effect(error) => error.code(),
        }
    }
}

impl Petition {
    /// Where it stands.
    pub fn state(&self) -> PetitionState {
        match self.ruling.as_ref().map(|ruling| ruling.outcome) {
            None => PetitionState::Pending,
            Some(Outcome::Approved) => PetitionState::Approved,
            Some(Outcome::Rejected) => PetitionState::Rejected,
        }
    }

    /// The petition with the one decision. An approval holds `effect`, what it changes now; a rejection changes nothing.
    ///
    /// # Errors
    /// See [`DecideError`].
    pub fn decided(
        &self,
        typed: Typed<'_>,
        by: (&str, AccountId, Timestamp),
        effect: Result<Effect, EffectError>,
    ) -> Result<Self, DecideError> {
        let ruling = decide(self.ruling.is_none(), typed, by)?;
        let effect = match ruling.outcome {
            Outcome::Approved => Some(effect?),
            Outcome::Rejected => None,
        };
        Ok(Self { ruling: Some(ruling), effect, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const BY: (AccountId, Timestamp) = (AccountId(Uuid::from_u128(4)), Timestamp(7));

    fn effect() -> Result<Effect, EffectError> {
        Ok(Effect::SpecialSite { facilities: vec!["power-panel".into()] })
    }

    fn asked(matter: Matter, reason: &str, files: usize) -> Result<Petition, Vec<Code>> {
        let files = vec![ContentId([1; 32]); files];
        let project = ProjectId(Uuid::from_u128(10));
        let waiting = [Matter::TakeBackApproval(TaskId(Uuid::from_u128(5)))];
        let done = ask((project, &waiting), Asked { matter, reason, files: &files }, effect(), BY);
        done.map_err(|wrong| wrong.into_iter().map(|at| at.error.code()).collect())
    }

    /// without the owner's certificate or the sealed form nothing is sent, and everything is told at once.
    #[test]
    fn r_301_r_352_a_petition_has_its_paper_and_its_reason() {
        let report = Matter::TakeBackReport(ReportId(Uuid::from_u128(6)));
        assert_eq!(asked(Matter::SpecialSite, "涉密", 0), Err(vec![Code::OwnerCertificateRequired]));
        assert_eq!(asked(report, " ", 0), Err(vec![Code::TextRequired, Code::SealedFormRequired]));
        let sent = asked(report, " 误备案 ", 1).unwrap();
        assert_eq!((sent.reason.as_str(), sent.state()), ("误备案", PetitionState::Pending));
        let again = Matter::TakeBackApproval(TaskId(Uuid::from_u128(5)));
        assert_eq!(asked(again, "误审核", 1), Err(vec![Code::PetitionWaiting]));
    }

    /// one decision; an approval keeps what was before, a rejection changes nothing.
    #[test]
    fn r_352_one_decision_and_an_approval_keeps_what_was_before() {
        let sent = asked(Matter::SpecialSite, "涉密", 1).unwrap();
        let by = ("青海省消防救援总队", BY.0, BY.1);
        let typed = |outcome| Typed { outcome, reason: "材料齐全" };
        let done = sent.decided(typed(Outcome::Approved), by, effect()).unwrap();
        assert_eq!((done.state(), done.effect.clone()), (PetitionState::Approved, effect().ok()));
        let late = done.decided(typed(Outcome::Rejected), by, effect()).unwrap_err();
        assert_eq!(late.code(), Code::AlreadyDecided);
        let refused = sent.decided(typed(Outcome::Rejected), by, Err(EffectError::SpecialAlready)).unwrap();
        assert_eq!((refused.state(), refused.effect), (PetitionState::Rejected, None));
        let gone = sent.decided(typed(Outcome::Approved), by, Err(EffectError::SpecialAlready)).unwrap_err();
        assert_eq!(gone.code(), Code::SpecialSiteAlready);
    }

    /// a special site is the corps's to decide.
    #[test]
    fn r_343_only_the_corps_decides_a_special_site() {
        let decides = |kind: MatterKind| {
            [RegulatorLevel::Corps, RegulatorLevel::Detachment, RegulatorLevel::Brigade]
                .map(|level| kind.is_decided_by(level))
        };
        assert_eq!(decides(MatterKind::SpecialSite), [true, false, false]);
        assert_eq!(decides(MatterKind::TakeBackReport), [true; 3]);
    }
}
