//! Applies the rows of a batch, one command each, as its form would. Whoever stops in the middle goes on later.

use super::{
    ImportError, Row,
    bring::known,
    deed::{Found, Outcome, find},
    find as find_batch, request,
};
use crate::{
    office::{Act, Office, Refused},
    query::{
        self,
        import::{Heading, RowKept, counts, rows},
    },
    row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{
    id::RequestId,
    import::{BatchState, Kind, RowState},
};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// How long one form goes on. What is left is applied by the next one.
const GOES_ON: Duration = Duration::from_secs(20);
/// Rows that are read at once.
const ROWS_AT_ONCE: u32 = 100;

/// What a new contact signs in as. The password is told once.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// The row.
    pub number: u32,
    /// What to sign in as.
    pub login: String,
    /// The first password.
    pub password: String,
}

/// What was applied.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// The accounts that were made.
    pub made: Vec<Access>,
    /// Whether rows are left that wait.
    pub more: bool,
}

/// Applies the batch, or only its good rows. Each row is judged once more: what it says may be known by now, or wrong.
///
/// # Errors
/// [`Refused`], also when the batch is not there or this actor may not.
pub async fn apply(
    office: &Office,
    act: Act,
    batch: RequestId,
    good_only: bool,
) -> Result<Applied, Refused<ImportError>> {
    let asking = act.clone();
    let begin = async move |tx: &mut Tx| begin(tx, &asking, batch, good_only).await;
    let (kind, headings) = office.store.write("begin_import", begin).await?;
    let (started, mut applied) = (Instant::now(), Applied::default());
    loop {
        let org = act.org;
        let next =
            async move |tx: &mut Tx| rows(tx, org, batch, &[RowState::New, RowState::Changed], ROWS_AT_ONCE).await;
        let next: Result<Vec<RowKept>, StoreError> = office.store.read("read_import_rows", next).await;
        let next = next?;
        if next.is_empty() {
            end(&office.store, &act, batch).await?;
            return Ok(applied);
        }
        for kept in next {
            if started.elapsed() > GOES_ON {
                applied.more = true;
                return Ok(applied);
            }
            let row = Row { number: kept.number, cells: known(&headings, &kept.cells) };
            let noted = (kept.subject, kept.earlier);
            applied.made.extend(one(office, &act, batch, (kind, row), noted).await?);
        }
    }
}

async fn begin(
    tx: &mut Tx,
    act: &Act,
    batch: RequestId,
    good_only: bool,
) -> Result<(Kind, Vec<Heading>), Refused<ImportError>> {
    let lock = sql!("UPDATE import_batch SET state = state WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &batch]).await?;
    let found = find_batch(tx, act, batch).await?.ok_or(Refused::NotFound)?;
    let counts = counts(tx, act.org, batch).await?;
    let state = found.state.apply(&counts, good_only).map_err(ImportError::from)?;
    set(tx, act, batch, state).await?;
    Ok((found.kind, found.headings))
}

/// Notes where a batch stands.
pub(super) async fn set(tx: &mut Tx, act: &Act, batch: RequestId, state: BatchState) -> Result<(), StoreError> {
    let set = sql!("UPDATE import_batch SET state = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(set, &row![act.org, &batch, state]).await.map(drop)
}

async fn end(store: &Store, act: &Act, batch: RequestId) -> Result<(), StoreError> {
    let act = act.clone();
    store.write("end_import", async move |tx: &mut Tx| set(tx, &act, batch, BatchState::Applied).await).await
}

/// Applies one row, and notes what came of it. `noted` is what a form that was cut off noted of what the row changes.
async fn one(
    office: &Office,
    act: &Act,
    batch: RequestId,
    (kind, row): (Kind, Row),
    noted: (Option<Uuid>, Option<String>),
) -> Result<Option<Access>, StoreError> {
    let number = row.number;
    let act = Act { request: request(batch, number, "apply"), ..act.clone() };
    let asking = act.clone();
    let look = async move |tx: &mut Tx| {
        let found = find(tx, &asking, kind, &row).await?;
        // The row may have been applied by a form that was cut off before it noted so.
        let before = query::act::of_request(tx, asking.org, asking.request).await?;
        Ok((found, before.is_some()))
    };
    let looked: Result<_, StoreError> = office.store.read("find_import_row", look).await;
    let (state, outcome, told) = match looked? {
        (Found::Same, true) => {
            let (subject, earlier) = (noted.0.unwrap_or(act.request.0), noted.1);
            (RowState::Done, Some(Outcome { subject, earlier, access: None }), Vec::new())
        }
        (Found::Same, false) => (RowState::Same, None, Vec::new()),
        (Found::Wrong(told), _) => (RowState::Wrong, None, told),
        (Found::Deed(deed), _) => {
            if let Some(before) = deed.changes()? {
                remember(&office.store, &act, (batch, number), before).await?;
            }
            match deed.run(office, act.clone()).await? {
                Ok(outcome) => (RowState::Done, Some(outcome), Vec::new()),
                Err(told) => (RowState::Wrong, None, told),
            }
        }
    };
    let told = json(&told)?;
    let (subject, earlier, access) = match outcome {
        Some(Outcome { subject, earlier, access }) => (Some(subject), earlier, access),
        None => (None, None, None),
    };
    let note = async move |tx: &mut Tx| {
        let note = sql!(
            "UPDATE import_row SET state = ?4, told = ?5, subject = ?6, earlier = ?7
             WHERE org = ?1 AND batch = ?2 AND number = ?3"
        );
        let values = row![act.org, &batch, i64::from(number), state, &told, subject.as_ref(), earlier.as_deref()];
        tx.execute(note, &values).await.map(drop)
    };
    office.store.write("note_import_row", note).await?;
    Ok(access.map(|(login, password)| Access { number, login, password }))
}

/// Notes what a row is about to change, so that it can be put back also when this form is cut off behind the change.
async fn remember(
    store: &Store,
    act: &Act,
    (batch, number): (RequestId, u32),
    (subject, earlier): (Uuid, String),
) -> Result<(), StoreError> {
    let org = act.org;
    let note = async move |tx: &mut Tx| {
        let note =
            sql!("UPDATE import_row SET subject = ?4, earlier = ?5 WHERE org = ?1 AND batch = ?2 AND number = ?3");
        tx.execute(note, &row![org, &batch, i64::from(number), &subject, &earlier]).await.map(drop)
    };
    store.write("remember_import_row", note).await
}
