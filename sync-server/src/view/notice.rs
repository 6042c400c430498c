//! The notice of a building: who maintains it, when that was done last, where to call.

use crate::query::project::ProjectRow;
use firebee_domain::{
    organisation::Organisation,
    report::{NOTICE_EDITION, Notice},
    time::Timestamp,
};

/// What a notice is made of.
pub struct NoticeSources<'a> {
    /// The project.
    pub row: &'a ProjectRow,
    /// The firm.
    pub organisation: &'a Organisation,
    /// When it was maintained last.
    pub maintained: Option<Timestamp>,
    /// The address by which anybody calls for a repair, while it is open.
    pub call_at: Option<String>,
}

/// The notice as it stands now.
#[must_use]
pub fn notice(sources: NoticeSources<'_>, now: Timestamp) -> Notice {
    let NoticeSources { row, organisation, maintained, call_at } = sources;
    let project = &row.project;
    Notice {
        edition: NOTICE_EDITION,
        project: project.name.clone(),
        address: project.address.clone(),
        owner: row.owner_name.clone(),
        organisation: organisation.name.clone(),
        lead: row.lead_name.clone(),
        service_phone: organisation.profile.as_ref().map(|profile| profile.service_phone.clone()).unwrap_or_default(),
        maintained_on: maintained.map(Timestamp::china_day),
        printed_on: now.china_day(),
        call_at,
        training: project.training,
    }
}
