//! The dispatches of this account: the pulled documents and, over them, this phone's steps that they do not contain yet.

use crate::{
    cache::Stored,
    work::{Dispatches, ParkedNote, Trouble, eyes::Eyes},
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
    /// The revision of the pulled document.
    pub rev: u64,
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
        self.dispatches_of(|dispatch| dispatch.team_lead == self.me)
    }

    /// As [`Dispatches::list`], with those of others in the projects that this account leads.
    pub(crate) fn known_dispatches(&self) -> Result<Vec<DispatchView>, Trouble> {
        let leads = |project| self.project(project).is_some_and(|held| self.leads(held));
        self.dispatches_of(|dispatch| dispatch.team_lead == self.me || leads(dispatch.project))
    }

    fn dispatches_of(&self, is: impl Fn(&Dispatch) -> bool) -> Result<Vec<DispatchView>, Trouble> {
        let touched = self.touched()?;
        let mut views = Vec::new();
        for held in self.papers.dispatches.iter().filter(|held| is(&held.body.dispatch)) {
            views.push(self.dispatch_view(held, &touched)?);
        }
        let last = |view: &DispatchView| view.dispatch.log.last().map(|line| line.at.wall_ms);
        views.sort_by_key(|view| (view.dispatch.state.is_closed(), std::cmp::Reverse(last(view))));
        Ok(views)
    }

    /// A dispatch that this phone has pulled.
    pub(crate) fn dispatch(&self, id: DispatchId) -> Result<Option<DispatchView>, Trouble> {
        let held = self.papers.dispatches.iter().find(|held| held.body.dispatch.id == id);
        let touched = self.touched()?;
        held.map(|held| self.dispatch_view(held, &touched)).transpose()
    }

    /// Only the dispatches of touched tasks are folded.
    fn dispatch_view(&self, held: &Stored<DispatchDocument>, touched: &[TaskId]) -> Result<DispatchView, Trouble> {
        let DispatchDocument { dispatch, task_name, catalogue, people } = held.body.clone();
        let task = dispatch.task;
        let mut view = DispatchView { dispatch, rev: held.rev, task_name, catalogue, people, parked: Vec::new() };
        if touched.binary_search(&task).is_err() {
            return Ok(view);
        }
        let applied = self.cache.applied(self.core.journal.identity().store_id)?;
        let parked = self.journal.parked_of_task(task, applied)?;
        for local in parked.into_iter().chain(self.journal.facts_of_task(task, applied)?) {
            // Only a collected line cannot be read. The document contains its fact already.
            let Ok(fact) = parse(&local.line) else { continue };
            match local.parked {
                Some(code) if is_about(&fact, view.dispatch.id) => {
                    view.parked.push(ParkedNote { fact: fact.id, kind: fact.kind, code });
                }
                Some(_) => {}
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
