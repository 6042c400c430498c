//! The dispatches of this account: the pulled documents and, over them, this phone's steps that they do not contain yet.

use crate::{
    cache::Stored,
    work::{Dispatches, ParkedNote, TaskView, Trouble, eyes::Eyes},
};
use firebee_domain::{
    dispatch::Dispatch,
    id::{AccountId, ContentId, DispatchId, TaskId},
    personnel::Colleague,
    task::Stamp,
};
use firebee_protocol::{
    document::{DispatchDocument, Named},
    fact::{Fact, parse},
};

/// A dispatch as a screen shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchView {
    /// The dispatch with everything that this phone knows of it.
    pub dispatch: Dispatch,
    /// The revision of the pulled document; `None` while only this phone knows the dispatch.
    pub rev: Option<u64>,
    /// The name of the task that found its fault.
    pub task_name: String,
    /// The catalogue pack that its item stands in.
    pub catalogue: ContentId,
    /// Everybody whom it names.
    pub people: Vec<Named>,
    /// Steps of this phone that the server keeps without counting them.
    pub parked: Vec<ParkedNote>,
}

impl DispatchView {
    /// The name of somebody whom it names; empty where the document does not tell it.
    pub fn name(&self, account: AccountId) -> &str {
        self.people.iter().find(|one| one.account == account).map_or("", |one| one.name.as_str())
    }
}

impl Dispatches {
    /// The dispatches whose team lead this account is, the open ones first, then by their last step, the latest first.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn list(&self) -> Result<Vec<DispatchView>, Trouble> {
        self.0.look(|eyes| eyes.own_dispatches())
    }
}

impl Eyes<'_> {
    /// As [`Dispatches::list`].
    pub(crate) fn own_dispatches(&self) -> Result<Vec<DispatchView>, Trouble> {
        self.dispatches_to_me(true)
    }

    /// Those of them that are not finished.
    pub(crate) fn open_dispatches(&self) -> Result<Vec<DispatchView>, Trouble> {
        let mut open = self.dispatches_to_me(false)?;
        open.retain(|view| !view.dispatch.state.is_closed());
        Ok(open)
    }

    /// As [`Dispatches::list`], with those of others in the projects that this account leads.
    pub(crate) fn known_dispatches(&self) -> Result<Vec<DispatchView>, Trouble> {
        let mut held = self.cache.dispatches_to(self.me, true)?;
        for project in self.papers.projects.values().filter(|project| self.leads(project)) {
            held.extend(self.cache.dispatches_in(project.project.id)?);
        }
        held.sort_by(|one, other| one.id.cmp(&other.id));
        held.dedup_by(|one, other| one.id == other.id);
        self.views_of(held)
    }

    fn dispatches_to_me(&self, closed: bool) -> Result<Vec<DispatchView>, Trouble> {
        self.views_of(self.cache.dispatches_to(self.me, closed)?)
    }

    fn views_of(&self, held: Vec<Stored<DispatchDocument>>) -> Result<Vec<DispatchView>, Trouble> {
        let touched = self.touched()?;
        let mut views =
            held.into_iter().map(|held| self.dispatch_view(held, &touched)).collect::<Result<Vec<_>, Trouble>>()?;
        let last = |view: &DispatchView| view.dispatch.log.last().map(|line| line.at.wall_ms);
        views.sort_by_key(|view| (view.dispatch.state.is_closed(), std::cmp::Reverse(last(view))));
        Ok(views)
    }

    /// A dispatch that this phone has pulled, or that the handling of a fault on this phone made.
    pub(crate) fn dispatch(&self, id: DispatchId) -> Result<Option<DispatchView>, Trouble> {
        let touched = self.touched()?;
        if let Some(held) = self.cache.dispatch(id)? {
            return self.dispatch_view(held, &touched).map(Some);
        }
        for task in touched {
            let Some(view) = self.task(task)? else { continue };
            if let Some(made) = view.dispatches.iter().find(|held| held.id == id) {
                return Ok(Some(self.made_here(&view, made, self.people())));
            }
        }
        Ok(None)
    }

    /// The dispatches of the faults that a task found, as its lead sees them. One read serves them all.
    pub(crate) fn dispatches_seen(&self, view: &TaskView) -> Result<Vec<DispatchView>, Trouble> {
        if view.dispatches.is_empty() {
            return Ok(Vec::new());
        }
        let (pulled, people) = (self.cache.dispatch_documents_of(view.task.id)?, self.people());
        let seen = |dispatch: &Dispatch| {
            let held = pulled.iter().find(|held| held.body.dispatch.id == dispatch.id);
            let told = held.map(|held| held.body.people.as_slice()).unwrap_or_default();
            let named = told.iter().chain(&people).cloned().collect();
            DispatchView { rev: held.map(|held| held.rev), ..self.made_here(view, dispatch, named) }
        };
        Ok(view.dispatches.iter().map(seen).collect())
    }

    /// A dispatch of a task as its lead's phone knows it, with the names of everybody.
    fn made_here(&self, view: &TaskView, dispatch: &Dispatch, mut people: Vec<Named>) -> DispatchView {
        people.push(self.myself());
        DispatchView {
            dispatch: dispatch.clone(),
            rev: None,
            task_name: view.task.name.clone(),
            catalogue: view.catalogue,
            people,
            parked: Vec::new(),
        }
    }

    fn myself(&self) -> Named {
        Named { account: self.me, name: self.papers.session.name.clone() }
    }

    /// Only the dispatches of touched tasks are folded.
    fn dispatch_view(&self, held: Stored<DispatchDocument>, touched: &[TaskId]) -> Result<DispatchView, Trouble> {
        let DispatchDocument { dispatch, task_name, catalogue, people } = held.body;
        let (task, id) = (dispatch.task, dispatch.id);
        let mut view = DispatchView { dispatch, rev: Some(held.rev), task_name, catalogue, people, parked: Vec::new() };
        if touched.binary_search(&task).is_err() {
            return Ok(view);
        }
        // What is decided about the task here, by its lead, changes its dispatches too.
        let known = self.task(task)?.and_then(|known| known.dispatches.into_iter().find(|held| held.id == id));
        let is_folded = known.is_some();
        view.dispatch = known.unwrap_or(view.dispatch);
        view.people.push(self.myself());
        let applied = self.cache.applied(self.core.journal.identity().store_id)?;
        let parked = self.journal.parked_of_task(task, applied)?;
        for local in parked.into_iter().chain(self.journal.facts_of_task(task, applied)?) {
            // Only a collected line cannot be read. The document contains its fact already.
            let Ok(fact) = parse(&local.line) else { continue };
            match local.parked {
                Some(code) if is_about(&fact, id) => {
                    view.parked.push(ParkedNote { fact: fact.id, kind: fact.kind, code });
                }
                Some(_) => {}
                None if is_folded => {}
                None => overlay(&mut view.dispatch, fact),
            }
        }
        Ok(view)
    }

    /// Who can be sent: everybody of the firm whose open account works with a phone, by name.
    pub(crate) fn people(&self) -> Vec<Named> {
        let named = |held: &Colleague| Some(Named { account: held.account?, name: held.name.clone() });
        let mut people: Vec<Named> = self.papers.firm.crew.iter().filter_map(named).collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        people
    }
}

fn is_about(fact: &Fact, dispatch: DispatchId) -> bool {
    fact.body.as_ref().is_ok_and(|body| body.dispatch() == Some(dispatch))
}

/// Applies one local fact. A fact about something else, or one that the dispatch refuses, changes nothing.
fn overlay(dispatch: &mut Dispatch, fact: Fact) {
    if !is_about(&fact, dispatch.id) {
        return;
    }
    let at = Stamp::unproved(fact.captured.wall_ms);
    let by = fact.body.as_ref().ok().and_then(|body| fact.attribution(body, at).ok().flatten());
    if let (Some(by), Ok(body)) = (by, fact.body) {
        let _ = body.carry_on(&by, dispatch);
    }
}
