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
    let role = match relation {
        Relation::Own => Role::FieldOperator,
        Relation::Lead => Role::ProjectLead,
        Relation::Assigned
        | Relation::SameOrganisation
        | Relation::Jurisdiction
        | Relation::OwnerOfBuilding
        | Relation::None => return false,
    };
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
}
