//! Plans for tests: March 2020 of the fixture project, and the same plan issued to one executor.

use super::{Issue, NewPlan, Plan, PlanItemState, create, issue};
use crate::{
    account::{Role, tests::account},
    catalogue::{Catalogue, Nature},
    id::{AccountId, ContentId, PlanId, PlanItemId},
    personnel::tests::day,
    project::fixture::project,
    task::TaskState,
    time::Timestamp,
};
use std::sync::LazyLock;
use uuid::Uuid;

static PACK: LazyLock<Catalogue> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../catalogue.json")).unwrap());

/// The shipped catalogue.
pub(crate) fn pack() -> &'static Catalogue {
    &PACK
}

/// The account that [`issued`] issues to.
pub(crate) fn executor_id() -> AccountId {
    account(Role::FieldOperator).id
}

/// A plan that nothing is issued of.
pub(crate) fn plan() -> Plan {
    let mut next = 100;
    let new = NewPlan {
        id: PlanId(Uuid::from_u128(20)),
        nature: Nature::Month,
        month: "2020-03".parse().unwrap(),
        catalogue: pack(),
        catalogue_id: ContentId([7; 32]),
        created: Timestamp(1),
    };
    let plan = create(&project(), &[], &[], new, || {
        next += 1;
        PlanItemId(Uuid::from_u128(next))
    });
    plan.unwrap()
}

/// The same, wholly issued.
pub(crate) fn issued() -> Plan {
    let mut plan = plan();
    let items: Vec<_> = plan.items.iter().map(|item| item.id).collect();
    let executor = account(Role::FieldOperator);
    issue(&mut plan, &project(), &Issue { items: &items, executor: &executor, today: day("2020-03-01") }).unwrap();
    plan
}

/// Items of a plan in a task of this state.
pub(crate) fn in_task(plan: &mut Plan, items: &[PlanItemId], task: TaskState) {
    for item in plan.items.iter_mut().filter(|item| items.contains(&item.id)) {
        item.state = PlanItemState::of_task(task);
    }
}
