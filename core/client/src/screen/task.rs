//! A task: its items, the open points, people and instruments, and the possible acts.

use super::{
    Act, PhotoView, PickOption, Quiet, Screens, Step,
    photo::Verified,
    practice::{InstrumentChoice, NameChoice, Receiver, RestoreRow, WitnessView},
    reading::Reading,
};
use crate::{
    cache::{TaskBrief, gravest},
    work::{TaskView, Trouble, task::FormError},
};
use firebee_domain::{
    account::Action,
    code::Code,
    evidence::PhotoRole,
    id::{PlanItemId, TaskId},
    result::Verdict,
    submission::{Due, Missing, missing},
    task::{Controller, Task, TaskError, TaskState},
};
use firebee_protocol::{
    catalogue::Pack,
    problem::CodeWord,
    text::{Arg, Chip, Count, Left, Text, When, problem_text, when, word},
};

/// A task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskScreen {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// The name of its project.
    pub project_name: String,
    /// What it is for.
    pub kind: String,
    /// What it means that it is outside the plan; `None` for a task of a plan.
    pub outside_plan: Option<String>,
    /// Where it stands.
    pub state: Chip,
    /// The one status line.
    pub quiet: Quiet,
    /// Its items.
    pub items: Vec<ItemRow>,
    /// How many of them have a result.
    pub answered: Count,
    /// The open points before a submission, in the order of the items.
    pub steps: Vec<Step>,
    /// The submitter's selfie.
    pub selfie: Option<PhotoView>,
    /// The controller on site; `None` where the kind of the project asks for none.
    pub controller: Option<ControllerChoice>,
    /// What a test isolates, and whether each is back in automatic.
    pub restore: Vec<RestoreRow>,
    /// The firm's own lines of the checklist, those that are confirmed chosen.
    pub checklist: Vec<NameChoice>,
    /// Persons present: the chosen ones, then the colleagues, then those of earlier tasks of the project.
    pub helpers: Vec<NameChoice>,
    /// The firm's instruments, the chosen ones first.
    pub instruments: Vec<InstrumentChoice>,
    /// The owner's witness.
    pub witness: WitnessView,
    /// Who could go on with the task.
    pub receivers: Vec<Receiver>,
    /// The server's verdict on the track.
    pub coverage: Option<Chip>,
    /// By when it is due, and whether it came in time.
    pub due: Option<DueView>,
    /// What the lead said last.
    pub opinion: Option<Opinion>,
    /// That the office has deleted it, with the reason, and when; everything recorded on this phone is kept.
    pub gone: Option<Opinion>,
    /// What the executor should know before going on.
    pub warnings: Vec<String>,
    /// Facts of this phone in the server's quarantine, each with its reason.
    pub not_counted: Vec<String>,
    /// Recording into it.
    pub record: Act,
    /// Submitting it.
    pub submit: Act,
    /// Giving it up.
    pub discard: Act,
    /// Handing it to somebody else.
    pub hand_over: Act,
}

/// An item of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// The plan item.
    pub item: PlanItemId,
    /// Its name.
    pub name: String,
    /// The name of its facility.
    pub facility: String,
    /// Where in the building.
    pub position: Option<String>,
    /// How many of its known instances have a result.
    pub instances: Count,
    /// The gravest verdict among them.
    pub verdict: Option<Chip>,
    /// How many of its photos are on the server.
    pub photos: Count,
    /// Whether one of its faults is not handled.
    pub open_fault: bool,
}

/// The controller on site, and the brands that other tasks of the project named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControllerChoice {
    /// The brand chosen.
    pub chosen: Option<String>,
    /// Whether it was said that there is no alarm system.
    pub none: bool,
    /// Brands of other tasks of the project.
    pub known: Vec<String>,
    /// The makers that the plan's catalogue lists, those of other tasks left out; the value is recorded.
    pub listed: Vec<PickOption>,
}

/// By when a task is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueView {
    /// The last day that is in time.
    pub day: String,
    /// How near that day is, while the round is still to be handed in.
    pub left: Option<Left>,
    /// Whether the last round came in time, once the server has placed it.
    pub in_time: Option<Chip>,
    /// What decided that, as a sentence.
    pub decided_by: Option<String>,
}

/// What a lead said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// In the lead's words.
    pub text: String,
    /// When.
    pub when: When,
}

impl Screens {
    /// A task that this account executes or leads.
    ///
    /// # Errors
    /// The task is not known here, or its catalogue has not been pulled.
    pub fn task(&self, task: TaskId) -> Result<TaskScreen, FormError> {
        self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            Ok(reading.task(&view, &pack)?)
        })
    }

    /// The makers of controllers that hold these words in Chinese or English, those of the project's other tasks first:
    /// the list comes with the plan's catalogue, so nobody signs in again for it. No words find all.
    ///
    /// # Errors
    /// The task is not known here, or its catalogue has not been pulled.
    pub fn controllers(&self, task: TaskId, words: &str) -> Result<Vec<PickOption>, FormError> {
        self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            let others = reading.others(&view)?;
            let offered = reading.controller(&pack, None, &others);
            let typed = offered.known.into_iter().map(|brand| PickOption { value: brand.clone(), label: brand });
            let says = |option: &PickOption| {
                let listed = pack.catalogue.controllers.iter().find(|maker| maker.zh == option.value);
                let english = listed.map_or("", |maker| maker.en.as_str());
                let shown = format!("{} {english}", option.value).to_lowercase();
                words.to_lowercase().split_whitespace().all(|word| shown.contains(word))
            };
            Ok(typed.chain(offered.listed).filter(says).collect())
        })
    }
}

/// The firm's lines, and which of them are confirmed.
fn checklist(task: &Task) -> Vec<NameChoice> {
    let line = |line: &String| NameChoice { name: line.clone(), chosen: task.confirmed(line).is_some() };
    task.demands.lines.iter().map(line).collect()
}

impl Reading<'_> {
    /// A task that the account may read, with its catalogue.
    pub(super) fn opened(&self, task: TaskId) -> Result<(TaskView, std::sync::Arc<Pack>), FormError> {
        let view = self.eyes.task(task)?.ok_or_else(|| self.eyes.gone(task))?;
        self.eyes.permit(Action::ReadTask, view.task.project, self.is_mine(&view))?;
        let pack = self.eyes.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
        Ok((view, pack))
    }

    pub(super) fn is_mine(&self, view: &TaskView) -> bool {
        view.task.executor == self.eyes.me
    }

    pub(super) fn task(&self, view: &TaskView, pack: &Pack) -> Result<TaskScreen, Trouble> {
        let task = &view.task;
        let verified = Verified::of(self, view)?;
        let others = self.others(view)?;
        let described = task.description.as_ref().map(|description| &description.described);
        let selfie = task.current_photos().filter(|photo| photo.taken.role == PhotoRole::Selfie).last();
        let items: Vec<ItemRow> =
            task.items.iter().map(|held| self.item_row(view, pack, held.item, &verified)).collect::<Result<_, _>>()?;
        let answered = items.iter().filter(|row| row.verdict.is_some()).count();
        Ok(TaskScreen {
            task: task.id,
            name: task.name.clone(),
            project_name: self.project_name(task.project),
            kind: word::task(self.language, task.kind),
            outside_plan: self.meaning_outside(view),
            state: Chip::task(self.language, task.state),
            quiet: self.quiet()?,
            answered: Count::of(self.language, Text::PhoneAnswered, answered, items.len()),
            items,
            steps: if task.is_editable() { self.steps(view, pack)? } else { Vec::new() },
            selfie: selfie.map(|photo| self.photo(photo, None, &verified)),
            controller: view
                .practice
                .controller
                .then(|| self.controller(pack, described.map(|described| &described.controller), &others)),
            restore: self.restore_rows(view, pack, &verified),
            checklist: checklist(task),
            helpers: self.helpers(described, &others),
            instruments: self.instruments(described),
            witness: self.witness(view),
            receivers: self.receivers(view),
            coverage: view.coverage.as_ref().map(|coverage| Chip::track(self.language, coverage.verdict)),
            due: view.due.as_ref().map(|due| self.due(due, task)).transpose()?,
            opinion: task
                .reviews
                .last()
                .filter(|review| !review.decided.opinion.is_empty())
                .map(|review| Opinion { text: review.decided.opinion.clone(), when: self.moment(&review.at) }),
            gone: task.discarded.as_ref().filter(|held| held.by != task.executor).map(|held| Opinion {
                text: self.with(Text::PhoneDeleted, &[("reason", Arg::from(&held.reason))]),
                when: self.moment(&held.at),
            }),
            warnings: self.warnings(view, pack)?,
            not_counted: view.parked.iter().map(|note| self.problem(&note.code)).collect(),
            record: self.may(view, Action::RecordResult),
            submit: self.submit(view, pack)?,
            discard: self.discard(view),
            hand_over: self.hand_over(view),
        })
    }

    fn due(&self, due: &Due, task: &Task) -> Result<DueView, Trouble> {
        let judged = due.of_last_round(task);
        let today = self.day_of_deadlines()?;
        Ok(DueView {
            day: self.date(due.last_day),
            left: task.is_editable().then(|| when::left(self.language, today, due.last_day)),
            in_time: judged.map(|judged| Chip::in_time(self.language, judged.verdict)),
            decided_by: judged.map(|judged| word::decided_by(self.language, judged.by)),
        })
    }

    /// that a round which is handed in now comes too late, by what this phone knows of the time.
    fn too_late(&self, view: &TaskView) -> Result<Option<String>, Trouble> {
        let Some(due) = view.due.filter(|_| view.task.is_editable()) else { return Ok(None) };
        let over = self.day_of_deadlines()? > due.last_day;
        let day = [("date", Arg::from(self.date(due.last_day)))];
        Ok(over.then(|| self.with(Text::PhoneSubmitLate, &day)))
    }

    pub(super) fn problem(&self, code: &CodeWord) -> String {
        code.known().map_or_else(|| code.to_string(), |code| problem_text(code, &[], self.language))
    }

    /// The other tasks of the project, the latest first. A screen offers again what they named.
    fn others(&self, view: &TaskView) -> Result<Vec<TaskBrief>, Trouble> {
        let mut briefs = self.eyes.briefs_in_project(view.task.project)?;
        briefs.retain(|brief| brief.id != view.task.id);
        briefs.reverse();
        Ok(briefs)
    }

    fn item_row(
        &self,
        view: &TaskView,
        pack: &Pack,
        item: PlanItemId,
        verified: &Verified<'_>,
    ) -> Result<ItemRow, Trouble> {
        let task = &view.task;
        let item_id = task.item(item).map(|held| held.item_id.as_str()).unwrap_or_default();
        let named = self.named(Some(pack), item_id);
        let answers = task.answers_of(item);
        let listed = match pack.catalogue.item(item_id) {
            Some(found) => self.listed(view, found)?.map_or(0, |held| held.positions.list().len()),
            None => 0,
        };
        let verdicts: Vec<Verdict> = answers.values().map(|held| held.recorded.verdict).collect();
        let verdict = verdicts.iter().fold(None, |worst, verdict| gravest(worst, *verdict));
        let photos = task.current_photos().filter(|photo| photo.key().is_some_and(|key| key.item == item));
        Ok(ItemRow {
            item,
            name: named.name,
            facility: named.facility,
            position: self.position(view, item)?,
            instances: Count::of(
                self.language,
                Text::PhoneInstances,
                verdicts.len(),
                listed.max(verdicts.len()).max(1),
            ),
            verdict: verdict.map(|verdict| Chip::verdict(self.language, verdict)),
            photos: verified.count(self, photos),
            open_fault: view.faults.iter().any(|fault| fault.key.item == item && fault.is_unhandled()),
        })
    }

    /// Where an item is meant to be, as issued.
    pub(super) fn position(&self, view: &TaskView, item: PlanItemId) -> Result<Option<String>, Trouble> {
        let Some(plan) = view.task.plan else { return Ok(None) };
        let issued = self.eyes.assignment(plan, view.task.executor)?;
        Ok(issued.and_then(|held| held.assignment.granted(item)?.position.clone()))
    }

    fn warnings(&self, view: &TaskView, pack: &Pack) -> Result<Vec<String>, Trouble> {
        let mut warnings = self.practice(view, pack);
        if view.task.state == TaskState::Executing && self.is_mine(view) {
            let runs =
                self.eyes.journal.open_track()?.is_some_and(|track| track.task == view.task.id || !track.replayed);
            if !runs {
                warnings.push(self.say(Text::PhoneTrackNotRunning));
            }
        }
        if self.is_mine(view) {
            warnings.extend(self.too_late(view)?);
        }
        Ok(warnings)
    }

    /// What it means that a task is outside the plan.
    pub(super) fn meaning_outside(&self, view: &TaskView) -> Option<String> {
        let meaning = (!view.task.kind.is_planned()).then(|| self.say(Text::PhoneOutsidePlan))?;
        let orders = self.eyes.project(view.task.project).map_or(&[][..], |held| &held.orders);
        let order = orders.iter().find(|order| Some(order.event) == view.task.event);
        Some(order.map_or(meaning.clone(), |order| format!("{}\n{meaning}", self.ordered(order))))
    }

    /// Whether the account may do this to the task. For actions that need an editable task.
    pub(super) fn may(&self, view: &TaskView, action: Action) -> Act {
        match self.eyes.permit(action, view.task.project, self.is_mine(view)) {
            Err(trouble) => Act::refused(self.language, trouble.code(), &[]),
            Ok(()) => match view.task.takes_records() {
                Ok(()) => Act::open(),
                Err(error) => Act::refused(self.language, error.code(), &[]),
            },
        }
    }

    fn submit(&self, view: &TaskView, pack: &Pack) -> Result<Act, Trouble> {
        let may = self.may(view, Action::SubmitTask);
        let missing = missing(&view.task, &view.circumstances(Some(pack), &view.design));
        Ok(if !may.allowed {
            may
        } else if missing.is_empty() {
            let told = self.too_late(view)?.into_iter().chain([self.say(Text::PhoneSubmitConsequence)]);
            Act::open().then(told.collect::<Vec<_>>().join(" "))
        } else {
            let systems: Vec<String> =
                Missing::systems(&missing).into_iter().map(|system| word::isolable(self.language, system)).collect();
            let values = [("count", Arg::from(missing.len())), ("systems", Arg::from(systems.len()))];
            let code = Missing::code(&missing);
            let why = Act::refused(self.language, code, &values);
            // the systems are named, so that nobody has to look for a forgotten pump.
            if code == Code::RestoreMissing { why.naming(word::join(self.language, systems)) } else { why }
        })
    }

    /// what is chosen, and what may be.
    fn controller(&self, pack: &Pack, chosen: Option<&Controller>, others: &[TaskBrief]) -> ControllerChoice {
        let mut known: Vec<String> = Vec::new();
        for brand in others.iter().filter_map(|brief| brief.controller.as_ref()) {
            if !known.contains(brand) {
                known.push(brand.clone());
            }
        }
        let brand = match chosen {
            Some(Controller::Brand(brand)) => Some(brand.clone()),
            Some(Controller::None) | None => None,
        };
        let listed = pack.catalogue.controllers.iter().filter(|maker| !known.contains(&maker.zh));
        let listed = listed.map(|maker| self.option(maker)).collect();
        ControllerChoice { chosen: brand, none: chosen == Some(&Controller::None), known, listed }
    }

    /// only a task that was never submitted is given up.
    fn discard(&self, view: &TaskView) -> Act {
        let may = self.may(view, Action::DiscardTask);
        if may.allowed && view.task.round > 0 {
            return Act::refused(self.language, TaskError::NotDiscardable.code(), &[]);
        }
        if may.allowed { may.then(self.say(Text::PhoneDiscardConsequence)) } else { may }
    }
}
