//! Decides which rows of a list an actor may see, for every list and every page.

use crate::{row, store::Value};
use firebee_domain::{
    account::{Action, Actor, Relation, Role, Subject, may},
    id::{AccountId, OrganisationId},
};
use uuid::Uuid;

/// Everything of the actor's organisation.
const ALL: i64 = 1;
/// What belongs to a project that the actor leads.
const LED: i64 = 2;
/// What is the actor's own.
const OWN: i64 = 4;
/// What belongs to a project of which something is issued to the actor.
const ASSIGNED: i64 = 8;
/// Rows in the jurisdiction of the actor's unit or of a unit below it.
const OVERSEEN: i64 = 16;
/// What belongs to the owner that the actor speaks for.
const OWNED: i64 = 32;
/// Everything of every organisation: the administrator on the server itself.
const SERVER: i64 = 64;

/// The rows that an actor may see, by the answer of [`may`] for each relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    account: AccountId,
    organisation: Option<OrganisationId>,
    by: i64,
}

/// The rows on which `actor` may do `action`. A statement that lists them uses `sees!` or `sees_organisation!` in
/// its WHERE. An actor who may see nothing gets no rows.
pub fn visible(actor: &Actor, action: Action) -> Visible {
    // `may` compares organisations for staff only, and staff always have one.
    let organisation = actor.organisation.unwrap_or(OrganisationId(Uuid::nil()));
    let sees = |relations: &[Relation], bit: i64| {
        if may(actor, action, &Subject::of(organisation, relations)) { bit } else { 0 }
    };
    let by = match actor.role {
        Role::FieldOperator | Role::ProjectLead | Role::CompanyManager | Role::TechnicalDirector => {
            match sees(&[], ALL) {
                0 => sees(&[Relation::Lead], LED) | sees(&[Relation::Own], OWN) | sees(&[Relation::Assigned], ASSIGNED),
                all => all,
            }
        }
        Role::OwnerContact => sees(&[Relation::OwnerOfBuilding], OWNED),
        Role::Regulator => sees(&[Relation::Jurisdiction], OVERSEEN),
        Role::Admin => sees(&[], SERVER),
    };
    Visible { account: actor.account, organisation: actor.organisation, by }
}

/// The actor of the server's own command line.
pub fn administrator() -> Actor {
    Actor {
        account: AccountId(Uuid::nil()),
        organisation: None,
        role: Role::Admin,
        technical_director: false,
        enabled: true,
    }
}

impl Visible {
    /// The values for ?1, ?2 and ?3.
    pub(super) fn values(&self) -> [Value<'_>; 3] {
        row![&self.account, self.organisation.as_ref(), self.by]
    }

    /// The values for ?1 and ?2 of a statement with `sees_organisation!`.
    pub(super) fn of_organisation(&self) -> [Value<'_>; 2] {
        row![self.organisation.as_ref(), self.by]
    }

    /// The relations as one number, for a statement that asks two questions of one actor.
    pub(super) const fn by(&self) -> i64 {
        self.by
    }

    /// Whether all of the organisation is seen, whatever a row's relations are.
    pub const fn is_everything(&self) -> bool {
        self.by & (ALL | SERVER) != 0
    }
}

/// Whether account ?1 leads the project of this alias.
macro_rules! is_led {
    ($project:literal) => {
        concat!($project, ".lead = ?1")
    };
}

/// Whether items of the project with this alias are issued to account ?1.
macro_rules! is_assigned {
    ($project:literal) => {
        concat!("EXISTS (SELECT 1 FROM assignment s WHERE s.project = ", $project, ".id AND s.executor = ?1)")
    };
}

/// Whether the project with this alias lies in the jurisdiction of account ?1's unit, or of a unit below that.
macro_rules! is_overseen {
    ($project:literal) => {
        concat!(
            $project,
            ".unit IN (WITH RECURSIVE below(id) AS (SELECT v.unit FROM account v WHERE v.id = ?1
                 UNION SELECT u.id FROM regulator_unit u JOIN below ON u.parent = below.id) SELECT id FROM below)"
        )
    };
}

/// Whether account ?1 speaks for the owner of the project with this alias.
macro_rules! is_owned {
    ($project:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM contract k JOIN account v ON v.owner = k.owner WHERE k.id = ",
            $project,
            ".contract AND v.id = ?1)"
        )
    };
}

/// The SQL condition under which a list shows a row. Its arguments: the column of the row's organisation, the alias of
/// its project, the column of the account that owns the row (`NULL` when rows have no such owner), and the parameter
/// with [`Visible::by`]. ?1 and ?2 come from [`Visible::values`].
macro_rules! sees {
    ($organisation:literal, $project:literal, $own:literal, $by:literal) => {
        concat!(
            "((CAST(",
            $by,
            " AS BIGINT) & 64) <> 0",
            " OR ((",
            $by,
            " & 16) <> 0 AND ",
            $crate::query::visible::is_overseen!($project),
            ")",
            " OR ((",
            $by,
            " & 32) <> 0 AND ",
            $crate::query::visible::is_owned!($project),
            ")",
            " OR (",
            $organisation,
            " = ?2 AND ((",
            $by,
            " & 1) <> 0",
            " OR ((",
            $by,
            " & 2) <> 0 AND ",
            $crate::query::visible::is_led!($project),
            ")",
            " OR ((",
            $by,
            " & 4) <> 0 AND ",
            $own,
            " = ?1)",
            " OR ((",
            $by,
            " & 8) <> 0 AND ",
            $crate::query::visible::is_assigned!($project),
            "))))"
        )
    };
}

/// The SQL condition for rows that belong to an organisation and to no project, such as its people. ?1 and ?2 come from
/// [`Visible::of_organisation`].
macro_rules! sees_organisation {
    ($organisation:literal) => {
        concat!("((CAST(?2 AS BIGINT) & 64) <> 0 OR ((?2 & 1) <> 0 AND ", $organisation, " = ?1))")
    };
}

pub(super) use {is_assigned, is_led, is_overseen, is_owned, sees, sees_organisation};

#[cfg(test)]
mod tests {
    use super::*;

    fn by(role: Role, action: Action) -> i64 {
        let organisation = role.is_staff().then_some(OrganisationId(Uuid::from_u128(1)));
        let account = AccountId(Uuid::from_u128(2));
        visible(&Actor { account, organisation, role, technical_director: false, enabled: true }, action).by
    }

    /// each role sees by its own relations only.
    #[test]
    fn r_032_each_role_sees_by_the_relations_that_its_rules_name() {
        let tasks = [
            (Role::FieldOperator, OWN | ASSIGNED),
            (Role::ProjectLead, LED | OWN | ASSIGNED),
            (Role::CompanyManager, ALL),
            (Role::TechnicalDirector, ALL),
            (Role::OwnerContact, 0),
            (Role::Regulator, OVERSEEN),
            (Role::Admin, 0),
        ];
        for (role, expected) in tasks {
            assert_eq!(by(role, Action::ReadTask), expected, "{role:?}");
        }
        assert_eq!(by(Role::OwnerContact, Action::ReadPlan), OWNED);
        assert_eq!(by(Role::Admin, Action::ListDevices), SERVER);
    }
}
