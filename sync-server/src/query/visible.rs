//! Decides which rows of a list an actor may see, for every list and every page.

use crate::{org::Org, row, store::Value};
use firebee_domain::{
    account::{Action, Actor, Relation, Role, Subject, may},
    id::AccountId,
};
use uuid::Uuid;

/// Everything of the actor's own firm.
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
/// Everything of the firm: the administrator on the server itself.
const SERVER: i64 = 64;

/// The rows that an actor may see, by the answer of [`may`] for each relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    account: AccountId,
    org: Org,
    by: i64,
}

/// The rows of the firm `org` on which `actor` may do `action`. A statement that lists them uses `sees!` or
/// `sees_firm!` in its WHERE. An actor who may see nothing gets no rows; staff of another firm never see any.
pub fn visible(actor: &Actor, action: Action, org: Org) -> Visible {
    let sees = |relations: &[Relation], bit: i64| {
        if may(actor, action, &Subject::of(org.id(), relations)) { bit } else { 0 }
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
    Visible { account: actor.account, org, by }
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
        row![&self.account, self.org, self.by]
    }

    /// The values for ?1 and ?2 of a statement with `sees_firm!`.
    pub(super) fn of_firm(&self) -> [Value<'_>; 2] {
        row![self.org, self.by]
    }

    /// The relations as one number, for a statement that asks two questions of one actor.
    pub(super) const fn by(&self) -> i64 {
        self.by
    }

    /// Whether no row can be seen.
    pub const fn is_nothing(&self) -> bool {
        self.by == 0
    }

    /// Whether all of the firm is seen, whatever a row's relations are.
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
        concat!(
            "EXISTS (SELECT 1 FROM assignment s WHERE s.org = ?2 AND s.project = ",
            $project,
            ".id AND s.executor = ?1)"
        )
    };
}

/// Whether the project with this alias lies in the jurisdiction of account ?1's unit, or of a unit below that.
macro_rules! is_overseen {
    ($project:literal) => {
        concat!(
            $project,
            ".unit IN (WITH RECURSIVE below(id) AS (SELECT v.unit FROM outsider v WHERE v.id = ?1
                 UNION SELECT u.id FROM regulator_unit u JOIN below ON u.parent = below.id) SELECT id FROM below)"
        )
    };
}

/// Whether account ?1 speaks for the owner of the project with this alias. Training is no owner's.
macro_rules! is_owned {
    ($project:literal) => {
        concat!(
            "(",
            $project,
            ".shown = 1 AND EXISTS (SELECT 1 FROM contract k JOIN outsider v ON v.owner = k.owner
                 WHERE k.org = ?2 AND k.id = ",
            $project,
            ".contract AND v.id = ?1))"
        )
    };
}

/// The SQL condition under which a list shows a row of the firm ?2. Its arguments: the alias of the row's project, the
/// column of the account that owns the row (`NULL` when rows have no such owner), and the parameter with
/// [`Visible::by`]. ?1 and ?2 come from [`Visible::values`].
macro_rules! sees {
    ($project:literal, $own:literal, $by:literal) => {
        concat!(
            "((CAST(",
            $by,
            " AS BIGINT) & 65) <> 0",
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
            "))"
        )
    };
}

/// As `sees!`, for rows that name their project and do not join it: the projects that the reader sees are found once, not for
/// each row.
macro_rules! sees_within {
    ($project:literal, $own:literal, $by:literal) => {
        concat!(
            "((CAST(",
            $by,
            " AS BIGINT) & 65) <> 0 OR ((",
            $by,
            " & 4) <> 0 AND ",
            $own,
            " = ?1) OR ",
            $project,
            " IN (SELECT y.id FROM project y WHERE y.org = ?2 AND ",
            $crate::query::visible::sees!("y", "NULL", $by),
            "))"
        )
    };
}

/// The SQL condition under which a phone of the firm ?2 is shown: the phones of those who work in a project that ?1 leads,
/// and ?1's own. Its arguments: the column of the account that has the phone, and the parameter with [`Visible::by`].
macro_rules! sees_phone {
    ($account:literal, $by:literal) => {
        concat!(
            "((CAST(",
            $by,
            " AS BIGINT) & 65) <> 0 OR ((",
            $by,
            " & 4) <> 0 AND ",
            $account,
            " = ?1) OR ((",
            $by,
            " & 2) <> 0 AND EXISTS (SELECT 1 FROM project j WHERE j.org = ?2 AND j.lead = ?1
                 AND (EXISTS (SELECT 1 FROM assignment s WHERE s.org = ?2 AND s.project = j.id AND s.executor = ",
            $account,
            ") OR EXISTS (SELECT 1 FROM task t WHERE t.org = ?2 AND t.project = j.id AND t.executor = ",
            $account,
            ")))))"
        )
    };
}

/// The SQL condition for rows of the firm ?1 that belong to no project, such as its people. ?1 and ?2 come from
/// [`Visible::of_firm`].
macro_rules! sees_firm {
    () => {
        "(CAST(?2 AS BIGINT) & 65) <> 0"
    };
}

/// As `sees_firm!`, for a list: ?1, ?2 and ?3 come from [`Visible::values`].
macro_rules! sees_all {
    () => {
        "CAST(?1 AS BYTEA) IS NOT NULL AND (CAST(?3 AS BIGINT) & 65) <> 0"
    };
}

/// The SQL condition for rows of any firm, for a list: those of the reader's own firm ?2, or for a regulator those of the
/// firms in its jurisdiction. Its argument is the alias of the firm's row in `organisation`; ?1 to ?3 come from
/// [`Visible::values`].
macro_rules! sees_firms {
    ($firm:literal) => {
        concat!(
            "(((CAST(?3 AS BIGINT) & 65) <> 0 AND ",
            $firm,
            ".org = ?2) OR ((?3 & 16) <> 0 AND ",
            $crate::query::visible::is_overseen!($firm),
            "))"
        )
    };
}

/// The SQL condition for rows of projects of any firm, for a list: what the reader sees in its own firm ?2, or for a
/// regulator those of the projects in its jurisdiction. Its arguments are the aliases of the firm's row in
/// `organisation` and of the project; ?1 to ?3 come from [`Visible::values`].
macro_rules! sees_sites {
    ($firm:literal, $project:literal) => {
        concat!(
            "((",
            $firm,
            ".org = ?2 AND ",
            $crate::query::visible::sees!($project, "NULL", "?3"),
            ") OR ((CAST(?3 AS BIGINT) & 16) <> 0 AND ",
            $crate::query::visible::is_overseen!($project),
            "))"
        )
    };
}

pub(super) use {
    is_assigned, is_led, is_overseen, is_owned, sees, sees_all, sees_firm, sees_firms, sees_phone, sees_sites,
    sees_within,
};

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::id::OrganisationId;

    fn by(role: Role, action: Action) -> i64 {
        by_in(role, action, 1)
    }

    /// As seen in the firm `firm` by somebody of firm 1.
    fn by_in(role: Role, action: Action, firm: u128) -> i64 {
        let id = |number| OrganisationId(Uuid::from_u128(number));
        let organisation = role.is_staff().then_some(id(1));
        let account = AccountId(Uuid::from_u128(2));
        let actor = Actor { account, organisation, role, technical_director: false, enabled: true };
        visible(&actor, action, Org::new(1, id(firm))).by
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
        assert_eq!(by_in(Role::CompanyManager, Action::ReadTask, 2), 0, "another firm's");
        assert_eq!(by_in(Role::Regulator, Action::ReadTask, 2), OVERSEEN);
    }
}
