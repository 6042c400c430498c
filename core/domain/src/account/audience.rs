//! Who receives a document on the phone. [`may`] answers this, so that no second list can differ from it.

use super::{Action, Actor, Relation, Role, Subject, may};
use crate::id::{AccountId, OrganisationId};
use uuid::Uuid;

/// Whether somebody in this relation to a document receives it on the phone. `reads` is the action that `may` must
/// permit.
///
/// A phone receives what its holder executes or wrote, and what lies in the projects that its holder leads. Whatever
/// else the holder may read stays on the console.
pub fn receives(relation: Relation, reads: Action) -> bool {
    match relation {
        Relation::Own => permits(Role::FieldOperator, relation, reads),
        Relation::Lead => permits(Role::ProjectLead, relation, reads),
        Relation::Assigned
        | Relation::SameOrganisation
        | Relation::Jurisdiction
        | Relation::OwnerOfBuilding
        | Relation::Delivering
        | Relation::None => false,
    }
}

/// As [`receives`], for what belongs to the place of work, such as the project and the catalogue: whoever has something
/// to do there receives it too.
pub fn receives_site(relation: Relation, reads: Action) -> bool {
    match relation {
        Relation::Assigned => permits(Role::FieldOperator, relation, reads),
        _ => receives(relation, reads),
    }
}

/// Whether an account of this role receives what belongs to its firm.
pub fn receives_firm(role: Role, reads: Action) -> bool {
    permits(role, Relation::SameOrganisation, reads)
}

fn permits(role: Role, relation: Relation, reads: Action) -> bool {
    let organisation = OrganisationId(Uuid::nil());
    let account = AccountId(Uuid::nil());
    let actor = Actor { account, organisation: Some(organisation), role, technical_director: false, enabled: true };
    may(&actor, reads, &Subject::of(organisation, &[relation]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    /// executor and lead, and nobody else, receive a task and its faults; a note of a parked fact goes
    /// the same way.
    #[test]
    fn executor_and_lead_receive_tasks_faults_and_parked_facts() {
        for reads in [Action::ReadTask, Action::ReadFault, Action::ReadParked] {
            let received: Vec<Relation> =
                Relation::VARIANTS.iter().copied().filter(|relation| receives(*relation, reads)).collect();
            assert_eq!(received, [Relation::Own, Relation::Lead], "{reads:?}");
        }
    }

    #[test]
    fn what_may_not_be_read_is_not_received() {
        assert!(!receives(Relation::Own, Action::ReadPlan));
        assert!(receives(Relation::Lead, Action::ReadPlan));
    }

    /// whoever works on site receives the people of the firm, and nobody receives its plans so.
    #[test]
    fn r_365_who_works_on_site_receives_the_people_of_the_firm() {
        for role in [Role::FieldOperator, Role::ProjectLead] {
            assert!(receives_firm(role, Action::ReadCrew) && !receives_firm(role, Action::ReadPlan), "{role:?}");
        }
        assert!(!receives_firm(Role::Regulator, Action::ReadCrew));
    }

    /// the project goes to those who have something to do there and to its lead; an assignment to its own
    /// executor and the lead.
    #[test]
    fn r_130_a_project_goes_to_who_works_there_and_an_assignment_to_its_executor() {
        let of = |by: fn(Relation, Action) -> bool, reads| {
            Relation::VARIANTS.iter().copied().filter(|relation| by(*relation, reads)).collect::<Vec<_>>()
        };
        assert_eq!(of(receives_site, Action::ReadProject), [Relation::Assigned, Relation::Lead]);
        assert_eq!(of(receives, Action::ReadAssignment), [Relation::Own, Relation::Lead]);
    }
}
