//! An act: one transaction of the journal, with the data by which a use case decides.

use super::{
    Seat, TaskView, Trouble,
    dispatch::DispatchView,
    eyes::Eyes,
    seat::{keep, recall},
};
use crate::{
    changes::Change,
    journal::{Done, JournalError, JournalTx, Recorded, Session},
    ports::Clocks,
};
use firebee_domain::{
    account::Action,
    fact::Attribution,
    id::{ProjectId, TaskId},
    task::{Stamp, TaskError},
};
use firebee_protocol::{
    document::HandedDocument,
    fact::{BlobRef, Body, DeviceNote, Envelope, Kind, Seen, Subject, compose},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    cell::{Cell, RefCell},
    ops::Deref,
    sync::atomic::Ordering,
};

/// One act. Everything that it records reaches the disk together, or nothing does.
pub(crate) struct Acting<'a> {
    eyes: Eyes<'a>,
    pub(crate) tx: &'a JournalTx<'a>,
    pub(crate) clocks: Clocks,
    /// How many buffered fixes this act stores, or drops because they belong to no track.
    pub(crate) fixes_kept: Cell<usize>,
    /// Whether this act has noted a jump of the wall clock.
    jump_noted: Cell<bool>,
    /// The seq of the last fact that this act recorded and its view contains.
    last_seq: Cell<Option<u64>>,
    /// The other tasks that this act recorded something for.
    touched: RefCell<Vec<TaskId>>,
}

impl<'a> Deref for Acting<'a> {
    type Target = Eyes<'a>;
    fn deref(&self) -> &Eyes<'a> {
        &self.eyes
    }
}

/// The only act of a phone that lost its account: what the track has recorded is sealed, so that it can be sent.
pub(crate) const STOP_TRACK: &str = "stop_track";

/// Why an act is undone: the use case refuses, or something came in the way that can come in the way of any act.
enum Undone<E> {
    Own(E),
    Trouble(Trouble),
}

impl<E> From<JournalError> for Undone<E> {
    fn from(error: JournalError) -> Self {
        Self::Trouble(error.into())
    }
}

impl<E> From<crate::cache::CacheError> for Undone<E> {
    fn from(error: crate::cache::CacheError) -> Self {
        Self::Trouble(error.into())
    }
}

/// What an act came to.
enum Acted<T> {
    /// It was done now.
    Now(T),
    /// An earlier call of the same request had done it.
    Before(Done),
}

impl Seat {
    /// Acts in one transaction. `act` may run twice when the disk is full; see [`crate::journal::Journal::write`].
    pub(crate) fn act<T: Serialize + DeserializeOwned, E: From<Trouble>>(
        &self,
        operation: &'static str,
        mut act: impl FnMut(&Acting<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let acted = self.transact(operation, |acting| {
            let value = act(acting)?;
            let done = keep(operation, &value)?;
            Ok::<_, E>((value, done))
        })?;
        match acted {
            Acted::Now(value) => Ok(value),
            Acted::Before(done) => Ok(recall(&done, operation)?),
        }
    }

    /// Acts on one task, and tells the screens.
    pub(crate) fn act_on<T: Serialize + DeserializeOwned, E: From<Trouble> + From<TaskError>>(
        &self,
        operation: &'static str,
        task: TaskId,
        action: Action,
        mut act: impl FnMut(&Acting<'_>, &mut TaskView) -> Result<T, E>,
    ) -> Result<T, E> {
        let acted = self.transact(operation, |acting| {
            let (of, through, mut view) = acting.take_task(task)?.ok_or_else(|| acting.gone(task))?;
            let own = view.task.executor == acting.me;
            acting.permit(action, view.task.project, own).map_err(|denied| {
                // who gave the task away is told that.
                if !own && view.task.has_held(acting.me) { E::from(TaskError::HandedOver) } else { denied.into() }
            })?;
            let value = act(acting, &mut view)?;
            let done = keep(operation, &value)?;
            let touched = acting.touched.take();
            Ok::<_, E>(((value, of, acting.last_seq.get().unwrap_or(through), view, touched), done))
        })?;
        match acted {
            Acted::Now((value, of, through, view, touched)) => {
                // The view contains the new fact already, so the next act need not read it again.
                self.memo().put(of, through, view);
                touched.into_iter().chain([task]).for_each(|task| self.changes.tell(Change::Task(task)));
                Ok(value)
            }
            Acted::Before(done) => Ok(recall(&done, operation)?),
        }
    }

    /// One transaction, unless an earlier call of the same request has done it. What it gives is kept with the request.
    /// What was done is told also when nothing more can be recorded here.
    fn transact<T, E: From<Trouble>>(
        &self,
        operation: &'static str,
        mut act: impl FnMut(&Acting<'_>) -> Result<(T, Done), E>,
    ) -> Result<Acted<T>, E> {
        let clocks = Cell::new(None);
        let transaction = |tx: &JournalTx<'_>| {
            if let Some(request) = self.request
                && let Some(done) = tx.request(request)?
            {
                return Ok((Acted::Before(done), 0));
            }
            if self.leaving.load(Ordering::Acquire) > 0 {
                return Err(Undone::Trouble(Trouble::NotSignedIn));
            }
            let session = tx.session()?;
            let lost = session.as_ref().and_then(Session::lost);
            if let Some(code) = lost.filter(|_| operation != STOP_TRACK) {
                return Err(Undone::Trouble(Trouble::Lost(code)));
            }
            let generation = self.generation();
            self.cache.read(|cache| {
                let eyes = Eyes::open(self, (cache, &**tx), generation, session).map_err(Undone::Trouble)?;
                let acting = Acting {
                    eyes,
                    tx,
                    clocks: self.ports.clock.now(),
                    fixes_kept: Cell::new(0),
                    jump_noted: Cell::new(false),
                    last_seq: Cell::new(None),
                    touched: RefCell::default(),
                };
                let (value, done) = act(&acting).map_err(Undone::Own)?;
                clocks.set(Some(acting.clocks));
                if let Some(request) = self.request {
                    tx.put_request(request, &done)?;
                }
                Ok((Acted::Now(value), acting.fixes_kept.get()))
            })
        };
        if let Some(done) = self.done().map_err(E::from)? {
            return Ok(Acted::Before(done));
        }
        self.journal.may_capture().map_err(|error| E::from(error.into()))?;
        // The buffer drops the stored fixes before another act can store them again.
        match self.journal.write_then(operation, transaction, |(_, fixes_kept)| self.leave_hand(*fixes_kept)) {
            Ok((acted, _)) => {
                if let Some(clocks) = clocks.take() {
                    self.keep_clocks(&clocks);
                }
                self.note_high_water();
                Ok(acted)
            }
            Err(Undone::Own(error)) => Err(error),
            Err(Undone::Trouble(trouble)) => Err(trouble.into()),
        }
    }
}

impl Acting<'_> {
    /// This act recorded something for another task than its own.
    pub(crate) fn touched(&self, task: TaskId) {
        self.touched.borrow_mut().push(task);
    }

    /// Records a fact of the executor about a task, once the state machine has accepted it. Then the view contains it.
    pub(crate) fn say<E: From<Trouble> + From<TaskError>>(
        &self,
        view: &mut TaskView,
        body: impl Into<Body>,
        blobs: Vec<BlobRef>,
    ) -> Result<Recorded, E> {
        let seen = view.assignment.clone().map(Seen::from);
        self.record(view, body.into(), blobs, seen)
    }

    /// Records a fact of a lead about a task. It names the revision of the task's document that the lead acted on.
    pub(crate) fn say_as_lead<E: From<Trouble> + From<TaskError>>(
        &self,
        view: &mut TaskView,
        body: impl Into<Body>,
        blobs: Vec<BlobRef>,
    ) -> Result<Recorded, E> {
        let seen = view.rev.map(|rev| Seen { doc: view.task.id.to_string(), rev });
        self.record(view, body.into(), blobs, seen)
    }

    fn record<E: From<Trouble> + From<TaskError>>(
        &self,
        view: &mut TaskView,
        body: Body,
        blobs: Vec<BlobRef>,
        seen: Option<Seen>,
    ) -> Result<Recorded, E> {
        let subject = Subject { plan: view.task.plan, task: Some(view.task.id), seen };
        let recorded = self.append::<E>(view.task.project, subject, body, blobs, |by, body| {
            let pack = self.core.packs.get(view.catalogue);
            let design = std::sync::Arc::clone(&view.design);
            let around = view.circumstances(pack.as_deref(), &design);
            body.advance(by, &mut view.task, &mut view.faults, &mut view.dispatches, &around)
        })?;
        self.last_seq.set(Some(recorded.seq));
        Ok(recorded)
    }

    /// Records a step of a dispatch, once it has taken it. It names the revision of the dispatch's document that the team
    /// lead acted on.
    pub(crate) fn say_of_dispatch<E: From<Trouble> + From<TaskError>>(
        &self,
        view: &mut DispatchView,
        body: impl Into<Body>,
        blobs: Vec<BlobRef>,
    ) -> Result<Recorded, E> {
        let dispatch = &mut view.dispatch;
        let seen = view.rev.map(|rev| Seen { doc: dispatch.id.to_string(), rev });
        let subject = Subject { plan: None, task: Some(dispatch.task), seen };
        self.append::<E>(dispatch.project, subject, body.into(), blobs, |by, body| body.carry_on(by, dispatch))
    }

    /// Records a fact, once `apply` has accepted its body.
    fn append<E: From<Trouble> + From<TaskError>>(
        &self,
        project: ProjectId,
        subject: Subject,
        body: Body,
        blobs: Vec<BlobRef>,
        apply: impl FnOnce(&Attribution, Body) -> Result<(), TaskError>,
    ) -> Result<Recorded, E> {
        let envelope = Envelope {
            project: Some(project),
            id: self.fact_id()?,
            account: self.me,
            captured: self.tx.captured(&self.clocks).map_err(Trouble::from)?,
            subject,
            blobs,
        };
        let (kind, line) = (body.kind(), compose(&envelope, &body).map_err(Trouble::from)?);
        if let Ok(Some(by)) = envelope.attribution(&body, Stamp::unproved(self.clocks.wall_ms)) {
            match apply(&by, body) {
                // A track that runs while the office deletes its task ends like any other: its last piece is kept and sent,
                // and the server does not count it.
                Err(TaskError::Discarded) if kind == Kind::TrackSegment => {}
                applied => applied?,
            }
        }
        Ok(self.tx.append_line(&envelope, kind, line).map_err(Trouble::from)?)
    }

    /// Records a fact about a task that went to somebody else. No machine can judge it here. It names the task, which
    /// this account had.
    pub(crate) fn leave(
        &self,
        handed: &HandedDocument,
        body: impl Into<Body>,
        blobs: Vec<BlobRef>,
    ) -> Result<(), Trouble> {
        let seen = Some(Seen { doc: handed.task.to_string(), rev: handed.rev });
        self.put(handed.project, Subject { plan: None, task: Some(handed.task), seen }, body.into(), blobs)
    }

    /// Records a decision of a lead about a project, and which document was looked at.
    pub(crate) fn say_of_project(&self, project: ProjectId, seen: Seen, body: impl Into<Body>) -> Result<(), Trouble> {
        self.put(project, Subject { plan: None, task: None, seen: Some(seen) }, body.into(), Vec::new())
    }

    fn put(&self, project: ProjectId, subject: Subject, body: Body, blobs: Vec<BlobRef>) -> Result<(), Trouble> {
        let (id, captured) = (self.fact_id()?, self.tx.captured(&self.clocks)?);
        let envelope = Envelope { project: Some(project), id, account: self.me, captured, subject, blobs };
        let line = compose(&envelope, &body)?;
        Ok(self.tx.append_line(&envelope, body.kind(), line).map(drop)?)
    }

    /// The id of the next fact, behind the notes that a new anchor's stamp and a jump of the wall clock ask for.
    pub(crate) fn fact_id(&self) -> Result<firebee_domain::id::FactId, Trouble> {
        let entropy = &*self.core.ports.entropy;
        self.tx.note_stamp(&self.clocks, entropy, self.me)?;
        if let Some(by_ms) = self.core.clock_jump(&self.clocks).filter(|_| !self.jump_noted.replace(true)) {
            self.note(DeviceNote::ClockJump { by_ms })?;
        }
        Ok(self.tx.next_fact_id(&self.clocks, entropy)?)
    }

    /// Records what the phone notes about itself.
    pub(crate) fn note(&self, note: DeviceNote) -> Result<(), Trouble> {
        Ok(self.tx.note(&self.clocks, &*self.core.ports.entropy, self.me, note).map(drop)?)
    }
}
