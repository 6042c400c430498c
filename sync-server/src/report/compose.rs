//! Puts together what a report says, in the transaction that generates it.

use super::{
    LANGUAGE, Worked, album::Album, basics, course, cover, dispatches, facilities, faults, people, records, site,
};
use crate::{
    blobs::Blobs,
    evidence::fixes::fixes,
    office::{
        Act,
        report::{Compose, Ground},
    },
    org::Org,
    query::{self, whole::whole_task},
    store::{Store, StoreError, Tx},
    view::{
        Reader,
        task::{TaskSources, TaskView, view},
    },
};
use firebee_domain::{
    account::Actor,
    id::TaskId,
    report::{Chosen, DispatchRecord, EvidenceLine, Named, SNAPSHOT_EDITION, Snapshot},
    track::Fix,
};
use std::{collections::HashMap, sync::Arc};

/// What a snapshot is made with.
#[derive(Clone)]
pub struct Composer {
    /// The fixes of the tasks' tracks. They are files, which no transaction reads; those of an approved task do not change.
    tracks: Arc<HashMap<TaskId, Vec<Vec<Fix>>>>,
    /// Where a report can be verified: the address without the code.
    verify_at: String,
}

impl Composer {
    /// Reads the tracks of these tasks, as far as the actor may read the tasks.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub async fn of(
        (store, blobs): (&Store, &Blobs),
        (org, actor): (Org, &Actor),
        tasks: &[TaskId],
        verify_at: String,
    ) -> Result<Self, StoreError> {
        let (asking, asked) = (actor.clone(), tasks.to_vec());
        let read = async move |tx: &mut Tx| {
            let mut found = Vec::new();
            for id in &asked {
                found.extend(whole_task(tx, org, &asking, *id).await?);
            }
            Ok::<_, StoreError>(found)
        };
        let mut tracks = HashMap::new();
        for whole in store.read("read_tracks", read).await? {
            let task = &whole.document.task;
            tracks.insert(task.id, fixes(blobs, org, task, &whole.verified).await);
        }
        Ok(Self { tracks: Arc::new(tracks), verify_at })
    }
}

impl Compose for Composer {
    async fn compose(
        &self,
        tx: &mut Tx,
        ground: &Ground,
        (act, chosen, code): (&Act, &Chosen, &str),
    ) -> Result<Snapshot, StoreError> {
        let reader = Reader { language: LANGUAGE, now: act.at, actor: &act.actor };
        let mut tasks = Vec::new();
        for id in &chosen.tasks {
            tasks.push(self.worked(tx, act, *id).await?);
        }
        let mut earlier = Vec::new();
        for (task, report) in query::report::with_open_faults(tx, act.org, ground.site.project.id).await? {
            earlier.push((self.worked(tx, act, task).await?, report));
        }
        let sent = self.sent(tx, (act, reader), chosen).await?;
        let around = basics::read(tx, act.org, ground).await?;
        let crew = people::read(tx, act.org, ground, &tasks).await?;
        let catalogue = query::catalogue::pack(tx, ground.plan.plan.catalogue).await?;
        let views: Vec<(&Worked, TaskView)> =
            tasks.iter().map(|worked| (worked, view(reader, &TaskSources::of(&worked.whole, &worked.fixes)))).collect();
        let album = Album::of(reader, &tasks, ground.region.selfies_printed);
        let mut systems = records::systems(reader, &views, &album);
        records::in_order(&mut systems, &catalogue);
        let ticked = chosen.dispatches.as_slice();
        let found = faults::records(reader, &views, (&album, ticked));
        let period = course::read(tx, act.org, ground).await?;
        let approval = query::petition::special_site(tx, act.org, ground.site.project.id).await?;
        Ok(Snapshot {
            upload: cover::upload(reader, ground, chosen),
            course: course::course(reader, ground, period.as_ref(), (&tasks, &earlier), chosen.report_date),
            edition: SNAPSHOT_EDITION,
            cover: cover::cover(reader, ground, &around, (chosen, code, &self.verify_at)),
            signatures: people::signatures(reader, ground.kind(), &crew),
            statements: cover::statements(reader, ground, approval.as_ref()),
            opinion: faults::opinion(reader, ground, &views, (&systems, ticked)),
            earlier: faults::earlier(reader, &earlier, chosen.report_date),
            basics: basics::basics(reader, ground, &around),
            buildings: basics::buildings(reader, &ground.site.project.buildings),
            people: people::lines(reader, &crew, chosen.service.1),
            instruments: people::instruments(reader, &tasks, chosen.service.1),
            facilities: facilities::lines(reader, &ground.plan.plan, &catalogue),
            restored: site::restored(reader, &tasks, &album),
            faults: found,
            dispatches: sent,
            untestable: records::untestable(reader, &views),
            site_work: views.iter().map(|(worked, view)| site::work(reader, worked, view)).collect(),
            photos: album.lines(),
            witnesses: site::witnesses(reader, &tasks),
            evidence: evidence(&tasks, &album, &format!("{} {}", catalogue.edition, ground.plan.plan.catalogue)),
            systems,
        })
    }
}

impl Composer {
    async fn worked(&self, tx: &mut Tx, act: &Act, id: TaskId) -> Result<Worked, StoreError> {
        let whole = whole_task(tx, act.org, &act.actor, id).await?;
        let whole = whole.ok_or_else(|| StoreError::Bug("a task of a report cannot be read".into()))?;
        Ok(Worked { whole, fixes: self.tracks.get(&id).cloned().unwrap_or_default() })
    }
}

impl Composer {
    /// The dispatches that were ticked, in the order of the choice.
    async fn sent(
        &self,
        tx: &mut Tx,
        (act, reader): (&Act, Reader<'_>),
        chosen: &Chosen,
    ) -> Result<Vec<DispatchRecord>, StoreError> {
        let mut sent = Vec::new();
        for id in &chosen.dispatches {
            let task = query::dispatch::task(tx, act.org, *id).await?;
            let task = task.ok_or_else(|| StoreError::Bug("a ticked dispatch is gone".into()))?;
            let whole = self.worked(tx, act, task).await?.whole;
            sent.extend(dispatches::record(reader, &whole, *id));
        }
        Ok(sent)
    }
}

/// What the report stands on.
fn evidence(tasks: &[Worked], album: &Album, catalogue: &str) -> EvidenceLine {
    let submitted = |worked: &Worked| {
        let task = &worked.whole.document.task;
        let submission = task.last_submission()?;
        Some(Named { name: task.name.clone(), value: submission.manifest_hash.to_string() })
    };
    let facts = |worked: &Worked| {
        let manifest = worked.whole.document.task.last_submission().map(|held| &held.manifest);
        manifest.map_or(0, |held| {
            let one = usize::from(held.described.is_some()) + usize::from(held.witness.is_some());
            held.results.len() + held.photos.len() + held.segments.len() + held.service.len() + one
        })
    };
    let segments = |worked: &Worked| worked.whole.document.task.segments.len();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    EvidenceLine {
        manifests: tasks.iter().filter_map(submitted).collect(),
        facts: count(tasks.iter().map(facts).sum()),
        photos: count(album.len()),
        segments: count(tasks.iter().map(segments).sum()),
        catalogue: catalogue.to_owned(),
    }
}
