//! The lead of a project is replaced.

use super::Project;
use crate::{
    account::{Account, Role},
    code::Code,
    id::OrganisationId,
};

/// Why a project keeps its lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeadError {
    /// The next lead is no open account of category project lead in the same firm.
    #[error("only an open account of a project lead of the firm leads")]
    LeadNotAllowed,
}

impl LeadError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::LeadNotAllowed => Code::LeadNotAllowed,
        }
    }
}

/// whether an account leads projects of a firm: an open one of category project lead.
pub fn may_lead(account: &Account, organisation: OrganisationId) -> bool {
    account.role == Role::ProjectLead && account.enabled && account.organisation == Some(organisation)
}

/// gives a project another lead. Returns the project with it.
pub fn replace_lead(project: &Project, next: &Account) -> Result<Project, LeadError> {
    if !may_lead(next, project.organisation) || project.lead == Some(next.id) {
        return Err(LeadError::LeadNotAllowed);
    }
    Ok(Project { lead: Some(next.id), ..project.clone() })
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::project, *};
    use crate::{
        account::tests::account,
        id::{AccountId, OrganisationId},
    };
    use uuid::Uuid;

    /// only an open account of a lead of the same firm follows, and nobody follows himself.
    #[test]
    fn r_069_r_370_only_an_open_account_of_a_lead_of_the_firm_leads() {
        let project = project();
        let with = |change: &dyn Fn(&mut Account)| {
            let mut next = account(Role::ProjectLead);
            (next.id, next.organisation) = (AccountId(Uuid::from_u128(77)), Some(project.organisation));
            change(&mut next);
            next
        };
        let next = with(&|_| ());
        let led = replace_lead(&project, &next).unwrap();
        assert_eq!(led, Project { lead: Some(next.id), ..project.clone() });
        let refused = [
            with(&|next| next.role = Role::FieldOperator),
            with(&|next| next.enabled = false),
            with(&|next| next.organisation = Some(OrganisationId(Uuid::from_u128(9)))),
        ];
        for account in refused {
            assert_eq!(replace_lead(&project, &account), Err(LeadError::LeadNotAllowed), "{account:?}");
        }
        assert_eq!(replace_lead(&led, &next), Err(LeadError::LeadNotAllowed));
    }
}
