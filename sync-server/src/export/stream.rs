//! A table as a stream: read part by part, each part behind the last row of the one before, while somebody takes it.

use super::{
    faults::FAULTS,
    projects::{self, PROJECTS},
    reports::REPORTS,
    table::{Table, cells},
    tasks::TASKS,
    write::{Format, Writer},
};
use crate::{
    org::Org,
    query::{fault, page::Place, page::Wanted, project, report, task},
    store::{Store, StoreError, Tx},
};
use bytes::Bytes;
use firebee_domain::{account::Actor, id::ProjectId, time::Timestamp};
use futures_util::{Stream, stream};
use serde_json::Value;
use uuid::Uuid;

/// Rows that are read in one transaction.
const ROWS_AT_ONCE: u32 = 500;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The table.
    pub table: Table,
    /// How it is written.
    pub format: Format,
    /// Only rows of this project.
    pub project: Option<ProjectId>,
    /// Only rows behind the one with this id.
    pub after: Option<Uuid>,
    /// When it was asked for.
    pub now: Timestamp,
}

/// Rows, and the place of the last of them if others follow.
type Part = (Vec<Vec<Value>>, Option<Place>);

/// Where a stream stands.
enum At {
    /// Behind a row, or at the beginning.
    Place(Option<Place>, Writer),
    End,
}

/// The text of a table: the rows that this actor may read, in the order of their ids. A database that fails cuts it off.
pub fn stream(
    store: Store,
    (org, actor): (Org, Actor),
    asked: Asked,
) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static {
    let writer = Writer::new(asked.table, asked.format);
    let place = asked.after.map(|id| Place { key: id.to_string(), id: id.to_string() });
    stream::try_unfold((writer.head(), At::Place(place, writer)), move |(head, at)| {
        let (store, actor, asked) = (store.clone(), actor.clone(), asked.clone());
        async move {
            let At::Place(place, mut writer) = at else { return Ok(None) };
            let read = async move |tx: &mut Tx| part(tx, (org, &actor), &asked, place.clone()).await;
            let (rows, next) = store.read("export_table", read).await?;
            let mut text = head + &writer.rows(&rows);
            let at = match next {
                Some(place) => At::Place(Some(place), writer),
                None => {
                    text += &writer.end();
                    At::End
                }
            };
            Ok(Some((Bytes::from(text), (String::new(), at))))
        }
    })
}

fn wanted<S>(sort: S, after: Option<Place>) -> Wanted<S> {
    Wanted { search: String::new(), sort, descending: false, after, rows: ROWS_AT_ONCE }
}

async fn part(
    tx: &mut Tx,
    (org, actor): (Org, &Actor),
    asked: &Asked,
    after: Option<Place>,
) -> Result<Part, StoreError> {
    let (project, now) = (asked.project, asked.now);
    Ok(match asked.table {
        Table::Projects => {
            let wanted = wanted(project::ProjectSort::Id, after);
            let filter = project::Filter { wanted, ..project::Filter::default() };
            let page = project::projects(tx, org, actor, &filter).await?;
            let of_project = |row: &project::ProjectRow| project.is_none_or(|only| only == row.project.id);
            let rows = page.rows.into_iter().filter(of_project);
            (rows.map(|row| cells(PROJECTS, &projects::Row { row, now })).collect(), page.next)
        }
        Table::Tasks => {
            let filter = task::Filter { project, wanted: wanted(task::TaskSort::Id, after), ..task::Filter::default() };
            let page = task::tasks(tx, org, actor, &filter).await?;
            (page.rows.iter().map(|row| cells(TASKS, row)).collect(), page.next)
        }
        Table::Faults => {
            let wanted = wanted(fault::FaultSort::Id, after);
            let filter = fault::Filter { project, wanted, ..fault::Filter::default() };
            let page = fault::faults(tx, org, actor, &filter).await?;
            (page.rows.iter().map(|row| cells(FAULTS, row)).collect(), page.next)
        }
        Table::Reports => {
            let wanted = wanted(report::ReportSort::Id, after);
            let filter = report::Filter { project, wanted, today: now.china_day(), ..report::Filter::default() };
            let page = report::reports(tx, org, actor, &filter).await?;
            (page.rows.iter().map(|row| cells(REPORTS, row)).collect(), page.next)
        }
    })
}
