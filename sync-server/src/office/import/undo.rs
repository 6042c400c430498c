//! Takes back what a batch did, while nothing refers to it and nobody has changed it since. Either every row of it is taken
//! back, or the rows are named that stand in the way and nothing changes.

use super::{
    ImportError, Row, Told, apply,
    bring::known,
    building, contact,
    deed::{Found, find, told},
    design, find as find_batch, owner, position, project, request,
};
use crate::{
    office::{Act, Office, Refused, contact as contacts, owner as owners, project as projects},
    query::{
        self,
        import::{RowKept, counts, rows},
    },
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, BuildingId, OwnerId, ProjectId, RequestId},
    import::{BatchState, IMPORT_ROWS_MAX, Kind, RowState},
};

/// The command that takes a row back.
#[derive(Clone)]
pub(super) enum Back {
    DeleteOwner(owners::Delete),
    ChangeOwner(owners::Change),
    DeleteContact(contacts::Delete),
    ChangeContact(contacts::Change),
    TakeBackProject(projects::TakeBack),
    ChangeProject(Box<projects::Change>),
    RemoveBuilding(projects::RemoveBuilding),
    PutBuilding(Box<projects::PutBuilding>),
    TakeBackDesign(Box<projects::TakeBackDesign>),
    RemovePosition(projects::RemovePosition),
    PutPosition(projects::PutPosition),
}

/// Takes the batch back.
///
/// # Errors
/// [`Refused`], also when the batch is not there or this actor may not.
pub async fn undo(office: &Office, act: Act, batch: RequestId) -> Result<(), Refused<ImportError>> {
    let asking = act.clone();
    let look = async move |tx: &mut Tx| {
        let found = find_batch(tx, &asking, batch).await?.ok_or(Refused::NotFound)?;
        found.state.undo(&counts(tx, asking.org, batch).await?).map_err(ImportError::from)?;
        let done = rows(tx, asking.org, batch, &[RowState::Done], IMPORT_ROWS_MAX).await?;
        let (mut backs, mut used) = (Vec::new(), Vec::new());
        for kept in done.into_iter().rev() {
            let row = Row { number: kept.number, cells: known(&found.headings, &kept.cells) };
            match back(tx, &asking, (found.kind, &row, &kept)).await? {
                Some(back) => backs.push((kept.number, back)),
                None => used.push(kept.number),
            }
        }
        Ok::<_, Refused<ImportError>>((backs, used))
    };
    let (backs, mut used) = office.store.read("find_import_back", look).await?;
    for (number, back) in &backs {
        let trial = Act { request: request(batch, *number, "judge"), ..act.clone() };
        if !back.clone().attempt(office, trial).await?.is_empty() {
            used.push(*number);
        }
    }
    if !used.is_empty() {
        used.sort_unstable();
        return Err(ImportError::InUse(used).into());
    }
    for (number, back) in backs {
        let own = Act { request: request(batch, number, "undo"), ..act.clone() };
        if !back.run(office, own).await?.is_empty() {
            return Err(ImportError::InUse(vec![number]).into());
        }
        note(office, &act, batch, number).await?;
    }
    let end = async move |tx: &mut Tx| apply::set(tx, &act, batch, BatchState::Undone).await;
    let ended: Result<(), StoreError> = office.store.write("end_import", end).await;
    Ok(ended?)
}

/// The command that takes a row back; `None` where something else says now what the row made or changed.
async fn back(tx: &mut Tx, act: &Act, (kind, row, kept): (Kind, &Row, &RowKept)) -> Result<Option<Back>, StoreError> {
    // What the row said must still be what is there.
    let (Found::Same, Some(subject)) = (find(tx, act, kind, row).await?, kept.subject) else { return Ok(None) };
    Ok(match (kind, &kept.earlier) {
        (Kind::Projects, _) => Some(project::back(kept, ProjectId(subject))?),
        (Kind::Buildings, _) => building::back(tx, act, (row, kept, BuildingId(subject))).await?,
        (Kind::Design, _) => design::back(tx, act, row).await?,
        (Kind::Positions, _) => position::back(tx, act, (row, kept)).await?,
        (Kind::Owners, None) => {
            let owner = OwnerId(subject);
            let found = query::owner::owner(tx, act.org, owner).await?;
            // Deleting an owner takes its contacts along, and those are not of this batch.
            let free = found.is_some_and(|found| found.contacts == 0);
            free.then_some(Back::DeleteOwner(owners::Delete { owner }))
        }
        (Kind::Owners, Some(earlier)) => Some(Back::ChangeOwner(owner::back(OwnerId(subject), earlier)?)),
        (Kind::Contacts, None) => Some(Back::DeleteContact(contacts::Delete { contact: AccountId(subject) })),
        (Kind::Contacts, Some(earlier)) => Some(Back::ChangeContact(contact::back(AccountId(subject), earlier)?)),
    })
}

impl Back {
    async fn attempt(self, office: &Office, act: Act) -> Result<Vec<Told>, StoreError> {
        let store = &office.store;
        match self {
            Self::DeleteOwner(wanted) => told(owners::try_delete(store, act, wanted).await),
            Self::ChangeOwner(wanted) => told(owners::try_change(store, act, wanted).await),
            Self::DeleteContact(wanted) => told(contacts::try_delete(store, act, wanted).await),
            Self::ChangeContact(wanted) => told(contacts::try_change(store, act, wanted).await),
            Self::TakeBackProject(wanted) => told(projects::try_take_back(store, act, wanted).await),
            Self::ChangeProject(wanted) => told(projects::try_change(store, act, *wanted).await),
            Self::RemoveBuilding(wanted) => told(projects::try_remove_building(store, act, wanted).await),
            Self::PutBuilding(wanted) => told(projects::try_put_building(store, act, *wanted).await),
            Self::TakeBackDesign(wanted) => told(projects::try_take_back_design(store, act, *wanted).await),
            Self::RemovePosition(wanted) => told(projects::try_remove_position(store, act, wanted).await),
            Self::PutPosition(wanted) => told(projects::try_put_position(store, act, wanted).await),
        }
    }

    /// Runs it. An owner or a contact that a form that was cut off has deleted already is gone, and so it is done.
    async fn run(self, office: &Office, act: Act) -> Result<Vec<Told>, StoreError> {
        let store = &office.store;
        let deletes = matches!(self, Self::DeleteOwner(_) | Self::DeleteContact(_));
        let said = match self {
            Self::DeleteOwner(wanted) => told(owners::delete(store, act, wanted).await),
            Self::ChangeOwner(wanted) => told(owners::change(store, act, wanted).await),
            Self::DeleteContact(wanted) => told(contacts::delete(store, act, wanted).await),
            Self::ChangeContact(wanted) => told(contacts::change(store, act, wanted).await),
            Self::TakeBackProject(wanted) => told(projects::take_back(store, act, wanted).await),
            Self::ChangeProject(wanted) => told(projects::change(store, act, *wanted).await),
            Self::RemoveBuilding(wanted) => told(projects::buildings::remove(store, act, wanted).await),
            Self::PutBuilding(wanted) => told(projects::buildings::put(store, act, *wanted).await),
            Self::TakeBackDesign(wanted) => told(projects::take_back_design(store, act, *wanted).await),
            Self::RemovePosition(wanted) => told(projects::remove_position(store, act, wanted).await),
            Self::PutPosition(wanted) => told(projects::put_position(store, act, wanted).await),
        };
        Ok(said?.into_iter().filter(|told| !deletes || told.code != Code::NotFound).collect())
    }
}

async fn note(office: &Office, act: &Act, batch: RequestId, number: u32) -> Result<(), StoreError> {
    let org = act.org;
    let note = async move |tx: &mut Tx| {
        let note = sql!("UPDATE import_row SET state = ?4 WHERE org = ?1 AND batch = ?2 AND number = ?3");
        tx.execute(note, &row![org, &batch, i64::from(number), RowState::Undone]).await.map(drop)
    };
    office.store.write("note_import_row", note).await
}
