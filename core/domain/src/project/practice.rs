//! How the work of each kind of project goes: one table, a row for each kind of contract and one for special sites.
//! Whoever needs to know asks the row; nothing else decides by the kind.

use super::Project;
use crate::{
    catalogue::{Field, FieldValue, Item, Nature, Usage},
    contract::ContractKind,
    evidence::PhotoRole,
    result::{ResultError, Verdict},
};

/// How the work of a kind of project goes: a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Practice {
    /// The part of the catalogue that its projects tick, which gives the forms.
    pub usage: Usage,
    /// The natures that a plan may have.
    pub natures: &'static [Nature],
    /// Whether a project has exactly one plan.
    pub one_plan_only: bool,
    /// The verdicts that an answer may have.
    pub verdicts: &'static [Verdict],
    /// The question that comes before all others.
    pub first: Option<FirstQuestion>,
    /// The items whose photo must have a certain role. Of every other item any photo but a selfie counts.
    pub proofs: &'static [Proof],
    /// Whether the submitter takes a selfie.
    pub selfie: bool,
    /// Whether a task says which fire alarm controller the site has.
    pub controller: bool,
    /// Whether tasks outside the plan are offered.
    pub outside_plan: bool,
    /// Whether approval waits until somebody has chosen a way for every fault of the task. After inspections and
    /// evaluations the owner handles the faults.
    pub faults_block_approval: bool,
}

/// A question whose answer decides which verdicts may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstQuestion {
    /// The key of its field. An item without the field does not ask.
    pub key: &'static str,
    /// The answer after which the item cannot be tested. After every other answer it can be.
    pub untestable: &'static str,
}

/// What the photo of an item shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The item of the catalogue.
    pub item_id: &'static str,
    /// The role that a photo of it must have.
    pub role: PhotoRole,
}

const EVERY_VERDICT: &[Verdict] = &[Verdict::Conform, Verdict::Nonconform, Verdict::Untestable];
/// Of a facility that the catalogue lacks: no criterion says that it conforms. What is visibly broken is a fault.
const OF_MISMATCH: &[Verdict] = &[Verdict::Untestable, Verdict::Nonconform];
const TESTED: &[Verdict] = &[Verdict::Conform, Verdict::Nonconform];
const NOT_TESTED: &[Verdict] = &[Verdict::Untestable];

const MAINTENANCE: Practice = Practice {
    usage: Usage::Maintenance,
    natures: &[Nature::Month, Nature::Quarter, Nature::Year],
    one_plan_only: false,
    verdicts: EVERY_VERDICT,
    first: None,
    proofs: &[],
    selfie: true,
    controller: true,
    outside_plan: true,
    faults_block_approval: true,
};

/// as maintenance, but for the site record, the one plan of the year, and the faults at review.
const INSPECTION: Practice = Practice {
    usage: Usage::Inspection,
    natures: &[Nature::Year],
    one_plan_only: true,
    first: Some(FirstQuestion { key: "checkable", untestable: "not-checkable" }),
    proofs: &[Proof { item_id: "si-record.b", role: PhotoRole::Paper }],
    faults_block_approval: false,
    ..MAINTENANCE
};

/// as an inspection, with the items of the evaluation.
const EVALUATION: Practice = Practice { usage: Usage::Assessment, first: None, proofs: &[], ..INSPECTION };

/// phones are forbidden on the site. What is left to record is that the work was done.
const fn on_special_site(of_kind: Practice) -> Practice {
    Practice {
        usage: Usage::SpecialSite,
        verdicts: &[Verdict::Conform, Verdict::Untestable],
        first: None,
        proofs: &[
            Proof { item_id: "sl-items.a", role: PhotoRole::Outside },
            Proof { item_id: "sl-items.b", role: PhotoRole::Paper },
        ],
        selfie: false,
        controller: false,
        outside_plan: false,
        ..of_kind
    }
}

impl Practice {
    /// The row of a kind of contract, on a special site or not.
    pub const fn of(kind: ContractKind, special_site: bool) -> Self {
        let of_kind = match kind {
            ContractKind::Maintenance => MAINTENANCE,
            ContractKind::CompletionInspection | ContractKind::AnnualInspection | ContractKind::SpecialInspection => {
                INSPECTION
            }
            ContractKind::SafetyEvaluation => EVALUATION,
        };
        if special_site { on_special_site(of_kind) } else { of_kind }
    }

    /// The field of an item that is asked before all others; `None` when the item has no such field.
    pub fn first_field<'i>(&self, item: &'i Item) -> Option<&'i Field> {
        self.first.and_then(|first| item.record.field(first.key))
    }

    /// The verdicts that may follow these answers to an item. While the first question is open, none may.
    pub fn offered(&self, item: &Item, values: &[FieldValue]) -> &'static [Verdict] {
        if item.is_mismatch() {
            return OF_MISMATCH;
        }
        let Some((first, field)) = self.first.zip(self.first_field(item)) else { return self.verdicts };
        match values.iter().find(|value| value.key == field.key).map(|value| value.value.trim()) {
            None | Some("") => &[],
            Some(answer) if answer == first.untestable => NOT_TESTED,
            Some(_) => TESTED,
        }
    }

    /// Whether an answer may have this verdict.
    ///
    /// # Errors
    /// The kind of the project, or the first answer, offers others.
    pub fn check_verdict(&self, item: &Item, values: &[FieldValue], verdict: Verdict) -> Result<(), ResultError> {
        if self.offered(item, values).contains(&verdict) { Ok(()) } else { Err(ResultError::VerdictNotOffered) }
    }

    /// The role that a photo of an item must have; `None` when any photo but a selfie counts.
    pub fn proof(&self, item_id: &str) -> Option<PhotoRole> {
        self.proofs.iter().find(|proof| proof.item_id == item_id).map(|proof| proof.role)
    }
}

impl Project {
    /// How its work goes.
    pub const fn practice(&self) -> Practice {
        Practice::of(self.kind, self.special_site)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::fixture::pack;
    use ContractKind as K;

    const INSPECTIONS: [K; 3] = [K::CompletionInspection, K::AnnualInspection, K::SpecialInspection];

    /// what sets maintenance apart from every other kind.
    #[test]
    fn r_101_r_152_r_156_r_157_faults_block_the_approval_of_maintenance_only() {
        let row = |kind| Practice::of(kind, false);
        let maintenance = row(K::Maintenance);
        assert!(maintenance.faults_block_approval && !maintenance.one_plan_only && maintenance.natures.len() == 3);
        for kind in INSPECTIONS.into_iter().chain([K::SafetyEvaluation]) {
            let Practice { one_plan_only, natures, faults_block_approval, .. } = row(kind);
            assert_eq!((one_plan_only, natures, faults_block_approval), (true, &[Nature::Year][..], false), "{kind:?}");
        }
    }

    /// where inspections and evaluations say nothing, they go as maintenance.
    #[test]
    fn r_285_r_295_the_other_kinds_differ_where_their_rules_say_so_only() {
        let as_maintenance = |row: Practice| Practice {
            usage: Usage::Maintenance,
            natures: MAINTENANCE.natures,
            one_plan_only: false,
            first: None,
            proofs: &[],
            faults_block_approval: true,
            ..row
        };
        for kind in INSPECTIONS.into_iter().chain([K::SafetyEvaluation]) {
            assert_eq!(as_maintenance(Practice::of(kind, false)), MAINTENANCE, "{kind:?}");
        }
    }

    /// the site record is either conforming or not when it can be checked, and not tested when it cannot.
    #[test]
    fn r_134_whether_it_can_be_checked_decides_the_verdicts() {
        let record = pack().item("si-record.a").unwrap().item;
        let signed = pack().item("si-record.b").unwrap().item;
        for kind in INSPECTIONS {
            let row = Practice::of(kind, false);
            let offered = |answer: &str| row.offered(record, &[FieldValue::new("checkable", answer)]);
            assert_eq!(row.first_field(record).map(|field| field.key.as_str()), Some("checkable"));
            assert_eq!([offered("checkable"), offered("not-checkable")], [TESTED, NOT_TESTED]);
            assert_eq!([offered(" "), row.offered(record, &[])], [&[] as &[Verdict]; 2]);
            assert_eq!(row.offered(signed, &[]), EVERY_VERDICT, "it has no such question");
            assert_eq!(row.proof("si-record.b"), Some(PhotoRole::Paper));
        }
        assert_eq!(Practice::of(K::SafetyEvaluation, false).offered(record, &[]), EVERY_VERDICT);
    }

    /// a special site records that the work was done, by a photo from outside and one of the signed paper.
    #[test]
    fn r_302_a_special_site_is_shown_from_outside_and_by_the_signed_paper() {
        for kind in INSPECTIONS.into_iter().chain([K::Maintenance, K::SafetyEvaluation]) {
            let (row, of_kind) = (Practice::of(kind, true), Practice::of(kind, false));
            assert_eq!(row.usage, Usage::SpecialSite);
            assert_eq!(
                ["sl-items.a", "sl-items.b"].map(|id| row.proof(id)),
                [PhotoRole::Outside, PhotoRole::Paper].map(Some)
            );
            assert_eq!((row.selfie, row.controller, row.outside_plan), (false, false, false));
            assert_eq!((row.natures, row.one_plan_only), (of_kind.natures, of_kind.one_plan_only));
            let item = pack().item("sl-items.a").unwrap().item;
            assert_eq!(row.check_verdict(item, &[], Verdict::Nonconform), Err(ResultError::VerdictNotOffered));
        }
    }

    /// a facility that the catalogue lacks cannot conform, whatever the kind of the project.
    #[test]
    fn r_145_nothing_conforms_that_the_catalogue_lacks() {
        let item = pack().item(crate::catalogue::MISMATCH).unwrap().item;
        for kind in INSPECTIONS.into_iter().chain([K::Maintenance, K::SafetyEvaluation]) {
            assert_eq!(Practice::of(kind, false).offered(item, &[]), OF_MISMATCH, "{kind:?}");
        }
    }
}
