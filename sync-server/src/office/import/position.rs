//! A row that says an instance of a facility. It is known by its tag, or else by its place; an empty tag leaves the one
//! that is there.

use super::{
    Row,
    deed::{Deed, Found},
    site::{facility, site},
    undo::Back,
};
use crate::{
    office::{
        Act,
        project::{PutPosition, RemovePosition},
    },
    query::{self, import::RowKept},
    store::{StoreError, Tx, json, own},
};
use firebee_domain::{
    history::{Position, Positions},
    id::ProjectId,
    import::Kind,
    text::{self, NAME_MAX},
};
use firebee_protocol::catalogue::Pack;

/// The list that a row is about.
struct List {
    project: ProjectId,
    facility: String,
    positions: Positions,
}

/// What the row asks for.
pub(super) async fn find(tx: &mut Tx, act: &Act, row: &Row) -> Result<Found, StoreError> {
    let mut typed = row.typed(Kind::Positions);
    let Some(list) = list(tx, act, &mut typed).await? else { return Ok(Found::Wrong(typed.told)) };
    if !typed.told.is_empty() {
        return Ok(Found::Wrong(typed.told));
    }
    let fit = |said: &str| text::line(said, NAME_MAX).unwrap_or_else(|_| said.to_owned());
    let (place, tag) = (fit(typed.get("place")), fit(typed.get("tag")));
    let known = list.positions.tagged(&tag).or_else(|| list.positions.list().iter().find(|held| held.place == place));
    let tag = if tag.is_empty() { known.and_then(|held| held.tag.clone()).unwrap_or_default() } else { tag };
    if known.is_some_and(|held| held.place == place && held.tag.clone().unwrap_or_default() == tag) {
        return Ok(Found::Same);
    }
    let earlier = known.map(json).transpose()?;
    let ordinal = known.map(|held| held.ordinal);
    let wanted = PutPosition { project: list.project, facility: list.facility, ordinal, place, tag };
    Ok(Found::Deed(Deed::PutPosition(wanted, earlier)))
}

/// The list that the row is about; what keeps it from being found is noted.
async fn list(tx: &mut Tx, act: &Act, typed: &mut super::typed::Typed) -> Result<Option<List>, StoreError> {
    let Some(site) = site(tx, act, typed).await? else { return Ok(None) };
    let project = site.project.id;
    let Some(facility) = facility(&Pack::embedded().catalogue, &site.project, typed) else { return Ok(None) };
    let history = query::project::history(tx, act.org, project, &facility.code).await?;
    let positions = history.map(|history| history.positions).unwrap_or_default();
    Ok(Some(List { project, facility: facility.code.clone(), positions }))
}

/// The command that takes the row back; `None` where its instance is not found any more.
pub(super) async fn back(tx: &mut Tx, act: &Act, (row, kept): (&Row, &RowKept)) -> Result<Option<Back>, StoreError> {
    let mut typed = row.typed(Kind::Positions);
    let Some(List { project, facility, positions }) = list(tx, act, &mut typed).await? else { return Ok(None) };
    let place = text::name(typed.get("place"), NAME_MAX).unwrap_or_default();
    let Some(held) = positions.list().iter().find(|held| held.place == place) else { return Ok(None) };
    let ordinal = held.ordinal;
    let Some(earlier) = &kept.earlier else {
        return Ok(Some(Back::RemovePosition(RemovePosition { project, facility, ordinal })));
    };
    let Position { place, tag, .. } = own(earlier)?;
    let tag = tag.unwrap_or_default();
    Ok(Some(Back::PutPosition(PutPosition { project, facility, ordinal: Some(ordinal), place, tag })))
}
