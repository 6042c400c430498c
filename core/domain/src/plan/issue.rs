//! Issuing items of a plan to an executor.

use super::{Plan, PlanItemEvent, PlanItemState};
use crate::{
    account::{Account, Role},
    code::Code,
    id::PlanItemId,
    project::{Project, ProjectIncomplete, ready_to_issue},
};
use chrono::NaiveDate;

/// What is issued to whom.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    /// The items, all or some of the plan.
    pub items: &'a [PlanItemId],
    /// The executor.
    pub executor: &'a Account,
    /// The day in UTC+8.
    pub today: NaiveDate,
}

/// Why nothing is issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// nothing of a terminated project's plans is issued.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// the project is not ready to issue; with everything that is missing.
    #[error(transparent)]
    ProjectIncomplete(#[from] ProjectIncomplete),
    /// its period is over, or the project has ended.
    #[error("the plan has expired")]
    PlanExpired,
    /// the executor is neither field operator nor project lead of this organisation.
    #[error("this account cannot execute")]
    ExecutorNotAllowed,
    /// the executor's account is closed.
    #[error("the executor's account is disabled")]
    ExecutorDisabled,
    /// No item is chosen.
    #[error("no item is chosen")]
    NothingChosen,
    /// The plan has no such item.
    #[error("the plan has no such item")]
    ItemUnknown,
    /// The item is ignored and must be restored first.
    #[error("the item is ignored")]
    ItemIgnored,
    /// The item is issued already.
    #[error("the item is issued already")]
    ItemAlreadyIssued,
}

impl IssueError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::ProjectIncomplete(error) => error.code(),
            Self::PlanExpired => Code::PlanExpired,
            Self::ExecutorNotAllowed => Code::ExecutorNotAllowed,
            Self::ExecutorDisabled => Code::ExecutorDisabled,
            Self::NothingChosen => Code::ItemsRequired,
            Self::ItemUnknown => Code::PlanItemUnknown,
            Self::ItemIgnored => Code::PlanItemIgnored,
            Self::ItemAlreadyIssued => Code::PlanItemIssued,
        }
    }
}

/// whether a plan's period is over on `today`, or its project has ended or is terminated.
pub fn is_expired(plan: &Plan, project: &Project, today: NaiveDate) -> bool {
    today > plan.deadline() || today > project.end_date || project.termination.is_some()
}

/// issues items of a plan of `project` to one executor; further batches may go to others. An
/// error changes nothing.
pub fn issue(plan: &mut Plan, project: &Project, issue: &Issue<'_>) -> Result<(), IssueError> {
    if project.termination.is_some() {
        return Err(IssueError::ProjectTerminated);
    }
    ready_to_issue(project)?;
    if is_expired(plan, project, issue.today) {
        return Err(IssueError::PlanExpired);
    }
    check_executor(project, issue.executor)?;
    if issue.items.is_empty() {
        return Err(IssueError::NothingChosen);
    }
    for id in issue.items {
        let item = plan.item(*id).ok_or(IssueError::ItemUnknown)?;
        if item.ignored.is_some() {
            return Err(IssueError::ItemIgnored);
        }
        item.state.after(PlanItemEvent::Issue).map_err(|_| IssueError::ItemAlreadyIssued)?;
    }
    for item in plan.chosen_mut(issue.items) {
        item.state = PlanItemState::Issued;
        item.executor = Some(issue.executor.id);
    }
    Ok(())
}

/// whether an account can execute items of a project now.
pub fn may_execute(project: &Project, executor: &Account) -> bool {
    check_executor(project, executor).is_ok()
}

fn check_executor(project: &Project, executor: &Account) -> Result<(), IssueError> {
    let executes = matches!(executor.role, Role::FieldOperator | Role::ProjectLead);
    if !executes || executor.organisation != Some(project.organisation) {
        return Err(IssueError::ExecutorNotAllowed);
    }
    if executor.enabled { Ok(()) } else { Err(IssueError::ExecutorDisabled) }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{fixture::plan, ignore},
        *,
    };
    use crate::{
        account::tests::account,
        id::{AccountId, OrganisationId},
        personnel::tests::day,
        project::{Missing, fixture::project},
        suspension::tests::termination,
    };
    use uuid::Uuid;

    fn executor(n: u128, role: Role) -> Account {
        let mut account = account(role);
        account.id = AccountId(Uuid::from_u128(n));
        account
    }

    fn try_issue(project: &Project, executor: &Account, today: &str) -> Result<Plan, IssueError> {
        let mut plan = plan();
        let items: Vec<_> = plan.items.iter().map(|item| item.id).collect();
        issue(&mut plan, project, &Issue { items: &items, executor, today: day(today) }).map(|()| plan)
    }

    /// an open account of a field operator or project lead of the organisation executes.
    #[test]
    fn r_109_only_an_open_operator_or_lead_of_the_organisation_executes() {
        let result = |executor: &Account| try_issue(&project(), executor, "2020-03-01").map(|_| ());
        assert_eq!(result(&account(Role::FieldOperator)), Ok(()));
        assert_eq!(result(&account(Role::ProjectLead)), Ok(()));
        for role in [Role::CompanyManager, Role::TechnicalDirector, Role::OwnerContact, Role::Regulator, Role::Admin] {
            assert_eq!(result(&account(role)), Err(IssueError::ExecutorNotAllowed), "{role:?}");
        }
        assert_eq!(result(&account(Role::FieldOperator).with_enabled(false)), Err(IssueError::ExecutorDisabled));
        let mut stranger = account(Role::FieldOperator);
        stranger.organisation = Some(OrganisationId(Uuid::from_u128(2)));
        assert_eq!(result(&stranger), Err(IssueError::ExecutorNotAllowed));
        let incomplete = Project { lead: None, ..project() };
        let refused = try_issue(&incomplete, &account(Role::FieldOperator), "2020-03-01");
        assert_eq!(refused, Err(IssueError::ProjectIncomplete(ProjectIncomplete { missing: vec![Missing::Lead] })));
    }

    /// the items of one plan go in batches to several people; one that is issued is not issued again.
    #[test]
    fn r_110_items_are_issued_in_batches_to_several_people() {
        let (mut plan, project, today) = (plan(), project(), day("2020-03-05"));
        let ids: Vec<_> = plan.items.iter().map(|item| item.id).collect();
        let (one, two) = (executor(50, Role::FieldOperator), executor(51, Role::ProjectLead));
        issue(&mut plan, &project, &Issue { items: &ids[..1], executor: &one, today }).unwrap();
        let again = Issue { items: &ids[..2], executor: &two, today };
        let before = plan.clone();
        assert_eq!(issue(&mut plan, &project, &again), Err(IssueError::ItemAlreadyIssued));
        assert_eq!(plan, before, "an error changes nothing");
        issue(&mut plan, &project, &Issue { items: &ids[1..2], executor: &two, today }).unwrap();
        assert_eq!(
            [plan.items[0].executor, plan.items[1].executor, plan.items[2].executor],
            [Some(one.id), Some(two.id), None]
        );
        assert_eq!(
            issue(&mut plan, &project, &Issue { items: &[], executor: &one, today }),
            Err(IssueError::NothingChosen)
        );
        let unknown = [PlanItemId(Uuid::from_u128(99_999))];
        let issue_unknown = Issue { items: &unknown, executor: &one, today };
        assert_eq!(issue(&mut plan, &project, &issue_unknown), Err(IssueError::ItemUnknown));
    }

    /// what is ignored is not issued.
    #[test]
    fn r_112_an_ignored_item_is_not_issued() {
        let mut plan = plan();
        let id = plan.items[0].id;
        ignore(&mut plan, id, "设备已拆除").unwrap();
        let executor = account(Role::FieldOperator);
        let chosen = Issue { items: &[id], executor: &executor, today: day("2020-03-01") };
        assert_eq!(issue(&mut plan, &project(), &chosen), Err(IssueError::ItemIgnored));
    }

    /// through the last day of its month, and of the project; then it is expired. R-104: before it is fine.
    #[test]
    fn r_114_an_expired_plan_is_not_issued() {
        let operator = account(Role::FieldOperator);
        let result = |project: &Project, today| try_issue(project, &operator, today).map(|_| ());
        assert_eq!(result(&project(), "2020-02-10"), Ok(()));
        assert_eq!(result(&project(), "2020-03-31"), Ok(()));
        assert_eq!(result(&project(), "2020-04-01"), Err(IssueError::PlanExpired));
        let short = Project { end_date: day("2020-03-15"), ..project() };
        assert_eq!(result(&short, "2020-03-15"), Ok(()));
        assert_eq!(result(&short, "2020-03-16"), Err(IssueError::PlanExpired));
    }

    /// a terminated project's plans are not issued.
    #[test]
    fn r_334_a_plan_of_a_terminated_project_is_not_issued() {
        let ended = Project { termination: Some(termination()), ..project() };
        let refused = try_issue(&ended, &account(Role::FieldOperator), "2020-03-01");
        assert_eq!(refused, Err(IssueError::ProjectTerminated));
        assert!(is_expired(&plan(), &ended, day("2020-03-01")));
    }
}
