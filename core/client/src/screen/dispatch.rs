//! What a team lead is sent for: the list, and one dispatch with its log.

use super::{Act, Screens, reading::Reading, shown};
use crate::work::{Trouble, dispatch::DispatchView, task::FormError};
use firebee_domain::{
    account::Action,
    catalogue::{Catalogue, ItemRef},
    dispatch::{self, Dispatch, DispatchState, DispatchStep},
    id::{ContentId, DispatchId, FaultId},
    task::TaskError,
};
use firebee_protocol::{
    catalogue::Pack,
    document::DispatchDocument,
    text::tongue,
    text::{Arg, Chip, Text, When, word},
};

/// A dispatch on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchRow {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// What for: troubleshooting or repair.
    pub kind_word: String,
    /// The name of its project.
    pub project_name: String,
    /// The facility and the item of its fault.
    pub what: String,
    /// Where the fault is.
    pub position: Option<String>,
    /// The name of its team lead.
    pub team_lead: String,
    /// Where it stands.
    pub state: Chip,
    /// Its last step.
    pub when: When,
    /// Receiving it.
    pub receive: Act,
    /// Starting the work.
    pub start: Act,
    /// Finishing the work.
    pub finish: Act,
}

/// A dispatch in detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchScreen {
    /// What a list shows of it.
    pub row: DispatchRow,
    /// The address of its project, as far as this phone knows it.
    pub address: String,
    /// The name of its system.
    pub system: String,
    /// What is wrong.
    pub fault: String,
    /// The repair plan; empty where a cause is looked for.
    pub plan: String,
    /// The name of the task that found its fault.
    pub task_name: String,
    /// Its steps, in order.
    pub log: Vec<StepRow>,
    /// Why steps of this phone do not count.
    pub not_counted: Vec<String>,
}

/// A step of a dispatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// What happened.
    pub what: String,
    /// Who.
    pub who: String,
    /// When.
    pub when: When,
    /// What was said of it.
    pub details: String,
    /// How many files belong to it.
    pub attachments: i32,
}

impl Screens {
    /// What this account is sent for, the open first.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn dispatches(&self) -> Result<Vec<DispatchRow>, Trouble> {
        self.0.screen(|reading| {
            let own = reading.eyes.own_dispatches()?;
            Ok(own.iter().map(|view| reading.dispatch_row(view)).collect())
        })
    }

    /// One dispatch: the holder's own, or one of a project that the holder leads.
    ///
    /// # Errors
    /// The dispatch is not known here, or the account may not read it.
    pub fn dispatch(&self, dispatch: DispatchId) -> Result<DispatchScreen, FormError> {
        self.0.screen(|reading| {
            let view = reading.eyes.dispatch(dispatch)?.ok_or(TaskError::DispatchUnknown)?;
            let own = view.dispatch.team_lead == reading.eyes.me;
            reading.eyes.permit(dispatch::reading(view.dispatch.is_told()), view.dispatch.project, own)?;
            Ok(reading.dispatch_screen(&view))
        })
    }
}

impl Reading<'_> {
    /// What the holder is sent for and has not finished.
    pub(super) fn open_dispatches(&self) -> Result<Vec<DispatchRow>, Trouble> {
        Ok(self.eyes.open_dispatches()?.iter().map(|view| self.dispatch_row(view)).collect())
    }

    /// The dispatches of a fault among those of its task, by their last step.
    pub(super) fn dispatch_rows_of(&self, seen: &[DispatchView], fault: FaultId) -> Vec<DispatchRow> {
        let of_fault = seen.iter().filter(|view| view.dispatch.fault == fault);
        let mut rows: Vec<DispatchRow> = of_fault.map(|view| self.dispatch_row(view)).collect();
        rows.sort_by_key(|row| row.when.at);
        rows
    }

    pub(super) fn dispatch_row(&self, view: &DispatchView) -> DispatchRow {
        let dispatch = &view.dispatch;
        let last = dispatch.log.last().map(|line| &line.at);
        DispatchRow {
            dispatch: dispatch.id,
            kind_word: word::dispatch(self.language, dispatch.kind),
            project_name: self.project_name(dispatch.project),
            what: self.dispatch_what(dispatch, view.catalogue),
            position: dispatch.position.clone(),
            team_lead: view.name(dispatch.team_lead).to_owned(),
            state: Chip::dispatch(self.language, dispatch.state),
            when: last.map_or_else(|| self.when(self.now), |at| self.moment(at)),
            receive: self.step_of(view, DispatchState::Issued),
            start: self.step_of(view, DispatchState::Received),
            finish: self.step_of(view, DispatchState::Executing),
        }
    }

    /// What it is called where its task is not known.
    pub(super) fn dispatch_name(&self, document: &DispatchDocument) -> String {
        let kind = word::dispatch(self.language, document.dispatch.kind);
        let what = self.dispatch_what(&document.dispatch, document.catalogue);
        self.with(Text::PhoneDispatch, &[("kind", Arg::from(kind)), ("what", Arg::from(what))])
    }

    fn dispatch_screen(&self, view: &DispatchView) -> DispatchScreen {
        let dispatch = &view.dispatch;
        let pack = self.eyes.core.packs.get(view.catalogue);
        let found = item(pack.as_deref(), dispatch);
        let catalogue = pack.as_ref().map(|pack| &pack.catalogue);
        let project = self.eyes.project(dispatch.project);
        DispatchScreen {
            row: self.dispatch_row(view),
            address: project.map(|held| held.project.address.clone()).unwrap_or_default(),
            system: found
                .map(|found| self.of(&found.system.name, &found.system.name_en).to_owned())
                .unwrap_or_default(),
            fault: dispatch.description.told(catalogue.zip(found), tongue(self.language)),
            plan: dispatch.plan.clone(),
            task_name: view.task_name.clone(),
            log: dispatch.log.iter().map(|line| self.step_row(view, line, catalogue.zip(found))).collect(),
            not_counted: view.parked.iter().map(|note| self.problem(&note.code)).collect(),
        }
    }

    fn step_row(&self, view: &DispatchView, line: &DispatchStep, item: Option<(&Catalogue, ItemRef<'_>)>) -> StepRow {
        StepRow {
            what: word::step(self.language, line.step),
            who: view.name(line.by).to_owned(),
            when: self.moment(&line.at),
            details: match (line.team_lead, &line.was) {
                (Some(sent), _) => self.with(Text::PhoneDispatchTo, &[("name", Arg::from(view.name(sent)))]),
                (None, Some(was)) => word::before(self.language, was, item),
                (None, None) => line.details.clone(),
            },
            attachments: shown(line.attachments.len()),
        }
    }

    /// The facility and the item; the item's Chinese name while the pack has not been pulled.
    fn dispatch_what(&self, dispatch: &Dispatch, catalogue: ContentId) -> String {
        let pack = self.eyes.core.packs.get(catalogue);
        match item(pack.as_deref(), dispatch) {
            Some(found) => {
                let named = self.named_of(found);
                format!("{} · {}", named.facility, named.name)
            }
            None => dispatch.item_name.clone(),
        }
    }

    /// A step that follows only upon one state, by the team lead alone, once the server knows what it is of.
    fn step_of(&self, view: &DispatchView, upon: DispatchState) -> Act {
        let (dispatch, refused) = (&view.dispatch, |error: TaskError| Act::refused(self.language, error.code(), &[]));
        if dispatch.team_lead != self.eyes.me {
            refused(TaskError::NotTheTeamLead)
        } else if let Err(trouble) = self.eyes.permit(Action::ExecuteDispatch, dispatch.project, true) {
            Act::refused(self.language, trouble.code(), &[])
        } else if dispatch.state != upon {
            refused(TaskError::DispatchStateWrong)
        } else if view.rev.is_none() {
            refused(TaskError::DispatchUnknown)
        } else {
            Act::open()
        }
    }
}

fn item<'p>(pack: Option<&'p Pack>, dispatch: &Dispatch) -> Option<ItemRef<'p>> {
    pack.and_then(|pack| pack.catalogue.item(&dispatch.item_id))
}
