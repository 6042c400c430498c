//! The projects of this account.

use crate::work::{Projects, Trouble};
use firebee_domain::{id::ProjectId, project::Project};

/// A project on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectSummary {
    /// The project.
    pub project: Project,
    /// The owner's name.
    pub owner_name: String,
    /// The lead's name.
    pub lead_name: String,
    /// Whether this account leads it.
    pub i_lead: bool,
    /// How many of its items are issued to this account and in no live task.
    pub items_free: u32,
}

impl Projects {
    /// The projects in which this account has issued items, and those that it leads, by name.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn list(&self) -> Result<Vec<ProjectSummary>, Trouble> {
        let free = |plans: &[super::IssuedPlan], id: ProjectId| {
            let of = plans.iter().filter(|plan| plan.project == id && !plan.expired);
            let items = of.flat_map(|plan| &plan.items).filter(|item| item.task.is_none()).count();
            u32::try_from(items).unwrap_or(u32::MAX)
        };
        self.0.look(|eyes| {
            let plans = eyes.issued(&eyes.briefs()?)?;
            let mut list: Vec<ProjectSummary> = eyes
                .papers
                .projects
                .values()
                .map(|held| ProjectSummary {
                    i_lead: eyes.leads(held),
                    items_free: free(&plans, held.project.id),
                    project: held.project.clone(),
                    owner_name: held.owner_name.clone(),
                    lead_name: held.lead_name.clone(),
                })
                .filter(|project| project.i_lead || plans.iter().any(|plan| plan.project == project.project.id))
                .collect();
            list.sort_by(|a, b| (&a.project.name, a.project.id).cmp(&(&b.project.name, b.project.id)));
            Ok(list)
        })
    }
}
