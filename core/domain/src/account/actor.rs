//! The account that asks for permission, and its relation to the subject.

use super::{Account, Role};
use crate::id::{AccountId, OrganisationId};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// Its organisation; `None` for owner contacts, regulators and the administrator.
    pub organisation: Option<OrganisationId>,
    /// What the account is.
    pub role: Role,
    /// Whether the account is also the appointed technical director of its organisation.
    pub technical_director: bool,
    /// Whether the account is open.
    pub enabled: bool,
}

impl Actor {
    /// The actor that an account is; `director` is the appointment of its organisation.
    pub fn of(account: &Account, director: Option<AccountId>) -> Self {
        Self {
            account: account.id,
            organisation: account.organisation,
            role: account.role,
            technical_director: director == Some(account.id),
            enabled: account.enabled,
        }
    }

    pub(super) fn roles(&self) -> impl Iterator<Item = Role> {
        [Some(self.role), self.technical_director.then_some(Role::TechnicalDirector)].into_iter().flatten()
    }
}

/// The relation of an actor to a subject. The first three and [`Relation::Delivering`] exist only inside one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Relation {
    /// The actor wrote it or, for a task, executes it; for an assignment, it was issued to the actor.
    Own,
    /// Something of the subject's project is issued to the actor.
    Assigned,
    /// The actor leads the subject's project.
    Lead,
    /// The actor belongs to the subject's organisation. Follows from [`Subject::organisation`] and need not be listed.
    SameOrganisation,
    /// The subject lies in the jurisdiction of the actor's unit.
    Jurisdiction,
    /// The actor speaks for the owner of the subject's building.
    OwnerOfBuilding,
    /// The request came by a token with the scope to deliver into the subject's organisation.
    Delivering,
    /// None of these.
    None,
}

/// The thing that the actor wants to act on: the organisation that owns it, and the actor's relations to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The organisation it belongs to.
    pub organisation: OrganisationId,
    /// Every relation that holds; empty when none does.
    pub relations: Vec<Relation>,
}

impl Subject {
    /// Something of an organisation to which the actor has the given relations.
    pub fn of(organisation: OrganisationId, relations: &[Relation]) -> Self {
        Self { organisation, relations: relations.to_vec() }
    }

    pub(super) fn is(&self, relation: Relation) -> bool {
        self.relations.contains(&relation)
    }
}
