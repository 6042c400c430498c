//! The plan of a coming period, made and issued after the last assignment: what would happen, said before it does.

use super::{CreateError, PlanItemState, PlanSlot, create::check_slot, period_end, period_start};
use crate::{
    catalogue::{Catalogue, Nature},
    id::AccountId,
    project::{Missing, Project, ready_to_issue},
    suspension::PauseRequest,
    time::Month,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What happens to a project when the plans of a period are made and issued at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Next {
    /// The plan is made, and all of it is issued.
    MakeAndIssue,
    /// The plan is made and issued but for the items whose executor is missing.
    MakeAndIssuePart,
    /// The plan is made. It cannot be issued.
    Make,
    /// The plan is there. What is left of it is issued.
    Issue,
    /// The plan is there. It is issued but for the items whose executor is missing.
    IssuePart,
    /// The plan is there and cannot be issued.
    Stay,
    /// The plan is there and issued.
    Done,
    /// The period is paused.
    Paused,
    /// The project is terminated.
    Terminated,
    /// The period lies behind the last day of the project.
    Ended,
    /// The period is none of the project's, or its kind has no such plan.
    NotDue,
    /// No facility of the project has an item of this nature.
    Empty,
}

/// Why a plan, or a part of it, is not issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// The project lacks something.
    Incomplete(Vec<Missing>),
    /// The period, or the project, is over.
    Expired,
    /// Nobody ever had a plan of this nature.
    NoAssignment,
    /// Who had it last executes no more.
    ExecutorMissing,
}

/// How many items of a facility somebody had in the last plan of the nature that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The facility's code.
    pub facility: String,
    /// Who had them.
    pub executor: AccountId,
    /// How many.
    pub items: u32,
}

/// What is asked of one project.
#[derive(Clone, Copy, Debug)]
pub struct Outlook<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its pauses; those of other projects do not matter.
    pub pauses: &'a [PauseRequest],
    /// Which plans it has.
    pub slots: &'a [PlanSlot],
    /// The facilities of the plan of the period with items that are neither issued nor left out, where there is the plan.
    pub left: &'a BTreeSet<String>,
    /// The last assignment.
    pub last: &'a [Share],
    /// Who executes now: open accounts.
    pub open: &'a BTreeSet<AccountId>,
    /// The catalogue that a new plan pins.
    pub catalogue: &'a Catalogue,
    /// Month, quarter or year.
    pub nature: Nature,
    /// A month of the period.
    pub month: Month,
    /// Today, in UTC+8.
    pub today: NaiveDate,
}

/// What will happen to a project, and who gets what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// What happens.
    pub next: Next,
    /// Why something is not issued.
    pub held: Option<Held>,
    /// The facilities that each executor gets.
    pub to: BTreeMap<AccountId, BTreeSet<String>>,
}

impl Next {
    /// Whether anything happens at all.
    pub const fn is_act(self) -> bool {
        matches!(self, Self::MakeAndIssue | Self::MakeAndIssuePart | Self::Make | Self::Issue | Self::IssuePart)
    }

    /// Whether the plan is made.
    pub const fn makes(self) -> bool {
        matches!(self, Self::MakeAndIssue | Self::MakeAndIssuePart | Self::Make)
    }

    const fn without_plan(error: CreateError, ended: bool) -> Self {
        match error {
            CreateError::ProjectTerminated => Self::Terminated,
            CreateError::MonthPaused => Self::Paused,
            CreateError::PlanOutOfPeriod if ended => Self::Ended,
            CreateError::FacilityUnknown | CreateError::PlanWithoutItems => Self::Empty,
            CreateError::PlanOutOfPeriod
            | CreateError::OnlyOnePlanAllowed
            | CreateError::NatureNotAllowed
            | CreateError::PlanExists => Self::NotDue,
        }
    }
}

/// what happens to one project. The preview and the act ask the same function, so that the act does what the preview
/// said unless somebody was faster.
pub fn foresee(of: &Outlook<'_>) -> Foreseen {
    let slot = PlanSlot { nature: of.nature, period: period_start(of.nature, of.month) };
    let nothing = |next| Foreseen { next, held: None, to: BTreeMap::new() };
    let there = of.slots.contains(&slot);
    let facilities = if there {
        if of.left.is_empty() {
            return nothing(Next::Done);
        }
        of.left.clone()
    } else {
        match of_new_plan(of, slot) {
            Ok(facilities) => facilities,
            Err(next) => return nothing(next),
        }
    };
    let (to, held) = match withheld(of) {
        Some(held) => (BTreeMap::new(), Some(held)),
        None => share_out(of, &facilities),
    };
    let next = match (there, to.is_empty(), &held) {
        (false, true, _) => Next::Make,
        (false, false, Some(_)) => Next::MakeAndIssuePart,
        (false, false, None) => Next::MakeAndIssue,
        (true, true, _) => Next::Stay,
        (true, false, Some(_)) => Next::IssuePart,
        (true, false, None) => Next::Issue,
    };
    Foreseen { next, held, to }
}

/// The facilities with items that a new plan would have. The only plan of an inspection or evaluation is made by hand.
fn of_new_plan(of: &Outlook<'_>, slot: PlanSlot) -> Result<BTreeSet<String>, Next> {
    let practice = of.project.practice();
    if practice.one_plan_only {
        return Err(Next::NotDue);
    }
    let ended = of.project.last_due_month().is_some_and(|last| last < slot.period);
    check_slot(of.project, of.slots, of.pauses, slot, of.month).map_err(|error| Next::without_plan(error, ended))?;
    let contents = of.catalogue.items_of(practice.usage, &of.project.facilities, of.nature);
    let facilities: BTreeSet<String> = contents.items.iter().map(|found| found.facility.code.clone()).collect();
    if facilities.is_empty() || !contents.unknown.is_empty() { Err(Next::Empty) } else { Ok(facilities) }
}

/// Why nothing of the plan can be issued, whoever would get it.
fn withheld(of: &Outlook<'_>) -> Option<Held> {
    if let Err(lacks) = ready_to_issue(of.project) {
        return Some(Held::Incomplete(lacks.missing));
    }
    let over = of.project.termination.is_some()
        || of.today > of.project.end_date
        || of.today > period_end(of.nature, of.month);
    if over {
        return Some(Held::Expired);
    }
    of.last.is_empty().then_some(Held::NoAssignment)
}

/// A facility goes to whoever had most of its items last. One that nobody had yet goes to whoever had most of the plan and
/// still executes.
fn share_out(of: &Outlook<'_>, facilities: &BTreeSet<String>) -> (BTreeMap<AccountId, BTreeSet<String>>, Option<Held>) {
    let (mut had, mut all) = (BTreeMap::<&str, BTreeMap<AccountId, u32>>::new(), BTreeMap::<AccountId, u32>::new());
    for share in of.last {
        *had.entry(&share.facility).or_default().entry(share.executor).or_default() += share.items;
        if of.open.contains(&share.executor) {
            *all.entry(share.executor).or_default() += share.items;
        }
    }
    let (mut to, mut held) = (BTreeMap::<AccountId, BTreeSet<String>>::new(), None);
    for facility in facilities {
        let last = had.get(facility.as_str()).map_or_else(|| most(&all), most);
        match last.filter(|executor| of.open.contains(executor)) {
            Some(executor) => drop(to.entry(executor).or_default().insert(facility.clone())),
            None => held = Some(Held::ExecutorMissing),
        }
    }
    (to, held)
}

/// Who has most; of two with the same number the one with the smaller id.
fn most(of: &BTreeMap<AccountId, u32>) -> Option<AccountId> {
    of.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(account, _)| *account)
}

/// The facilities of a plan with items that are neither issued nor left out.
pub fn facilities_left(plan: &super::Plan) -> BTreeSet<String> {
    let left = plan.items.iter().filter(|item| item.state == PlanItemState::NotIssued && item.ignored.is_none());
    left.map(|item| item.facility.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::pack, *};
    use crate::{
        contract::ContractKind,
        personnel::tests::day,
        project::fixture::project,
        suspension::{
            PauseState,
            tests::{pause, termination},
        },
    };
    use uuid::Uuid;

    fn who(n: u128) -> AccountId {
        AccountId(Uuid::from_u128(n))
    }

    fn share(facility: &str, executor: u128, items: u32) -> Share {
        Share { facility: facility.into(), executor: who(executor), items }
    }

    struct Case {
        project: Project,
        pauses: Vec<PauseRequest>,
        slots: Vec<PlanSlot>,
        left: BTreeSet<String>,
        last: Vec<Share>,
        open: BTreeSet<AccountId>,
        nature: Nature,
        month: &'static str,
        today: &'static str,
    }

    fn case() -> Case {
        Case {
            project: project(),
            pauses: Vec::new(),
            slots: Vec::new(),
            left: BTreeSet::new(),
            last: vec![share("power-panel", 1, 3)],
            open: BTreeSet::from([who(1), who(2)]),
            nature: Nature::Month,
            month: "2020-04",
            today: "2020-03-20",
        }
    }

    impl Case {
        fn foreseen(&self) -> Foreseen {
            foresee(&Outlook {
                project: &self.project,
                pauses: &self.pauses,
                slots: &self.slots,
                left: &self.left,
                last: &self.last,
                open: &self.open,
                catalogue: pack(),
                nature: self.nature,
                month: self.month.parse().unwrap(),
                today: day(self.today),
            })
        }

        fn next(&self) -> (Next, Option<Held>) {
            let foreseen = self.foreseen();
            (foreseen.next, foreseen.held)
        }
    }

    fn april() -> PlanSlot {
        PlanSlot { nature: Nature::Month, period: "2020-04".parse().unwrap() }
    }

    /// a plan is made and goes to whoever had each facility last; a new facility to whoever had most.
    #[test]
    fn r_371_a_facility_goes_to_whoever_had_it_last() {
        let foreseen = case().foreseen();
        assert_eq!((foreseen.next, foreseen.held), (Next::MakeAndIssue, None));
        assert_eq!(foreseen.to, BTreeMap::from([(who(1), BTreeSet::from(["power-panel".to_owned()]))]));
        let two = Case { last: vec![share("power-panel", 2, 3), share("power-panel", 1, 1)], ..case() };
        assert_eq!(two.foreseen().to.keys().collect::<Vec<_>>(), [&who(2)], "most of its items");
        let tie = Case { last: vec![share("power-panel", 2, 1), share("power-panel", 1, 1)], ..case() };
        assert_eq!(tie.foreseen().to.keys().collect::<Vec<_>>(), [&who(1)]);
        let fresh = Case { last: vec![share("other", 1, 1), share("another", 2, 4)], ..case() };
        assert_eq!(fresh.foreseen().to.keys().collect::<Vec<_>>(), [&who(2)], "a facility that nobody had");
    }

    /// what is missing keeps a plan from being issued, and is named; the plan is made all the same.
    #[test]
    fn r_371_what_keeps_a_plan_from_being_issued_is_named() {
        let gone = Case { open: BTreeSet::from([who(2)]), ..case() };
        assert_eq!(gone.next(), (Next::Make, Some(Held::ExecutorMissing)));
        let part = Case {
            project: Project { facilities: vec!["power-panel".into(), "power-genset".into()], ..project() },
            last: vec![share("power-panel", 1, 3), share("power-genset", 3, 9)],
            ..case()
        };
        assert_eq!(part.next(), (Next::MakeAndIssuePart, Some(Held::ExecutorMissing)));
        assert_eq!(Case { last: Vec::new(), ..case() }.next(), (Next::Make, Some(Held::NoAssignment)));
        let bare = Case { project: Project { lead: None, ..project() }, ..case() };
        assert_eq!(bare.next(), (Next::Make, Some(Held::Incomplete(vec![Missing::Lead]))));
        assert_eq!(Case { today: "2020-05-01", ..case() }.next(), (Next::Make, Some(Held::Expired)));
    }

    /// a plan that is there is issued as far as it is not; what is issued stays.
    #[test]
    fn r_371_a_plan_that_is_there_is_issued_and_not_made() {
        let there = || Case { slots: vec![april()], ..case() };
        assert_eq!(there().next(), (Next::Done, None));
        let left = || Case { left: BTreeSet::from(["power-panel".to_owned()]), ..there() };
        assert_eq!(left().next(), (Next::Issue, None));
        let gone = Case { open: BTreeSet::new(), ..left() };
        assert_eq!(gone.next(), (Next::Stay, Some(Held::ExecutorMissing)));
        let part = Case {
            left: BTreeSet::from(["power-panel".to_owned(), "power-genset".to_owned()]),
            last: vec![share("power-panel", 1, 3), share("power-genset", 3, 9)],
            ..left()
        };
        assert_eq!(part.next(), (Next::IssuePart, Some(Held::ExecutorMissing)));
    }

    /// pauses, terminations and last days are respected.
    #[test]
    fn r_371_pauses_terminations_and_last_days_are_respected() {
        let next = |case: Case| case.foreseen().next;
        let paused = vec![pause(project().id, "2020-04".parse().unwrap(), PauseState::Approved)];
        assert_eq!(next(Case { pauses: paused, ..case() }), Next::Paused);
        let terminated = Project { termination: Some(termination()), ..project() };
        assert_eq!(next(Case { project: terminated, ..case() }), Next::Terminated);
        assert_eq!(next(Case { month: "2021-02", ..case() }), Next::Ended);
        assert_eq!(next(Case { month: "2020-01", ..case() }), Next::NotDue);
        assert_eq!(next(Case { project: Project { facilities: Vec::new(), ..project() }, ..case() }), Next::Empty);
        let inspection = Project { kind: ContractKind::AnnualInspection, ..project() };
        assert_eq!(next(Case { project: inspection.clone(), ..case() }), Next::NotDue);
        assert_eq!(next(Case { project: inspection, nature: Nature::Year, ..case() }), Next::NotDue, "made by hand");
        let acts: Vec<_> = Next::VARIANTS.iter().filter(|next| next.is_act()).collect();
        assert_eq!(acts.len(), 5, "{acts:?}");
    }
}
