//! Controller, helpers and instruments of a task.

use crate::work::{Tasks, Trouble, eyes::Eyes};
use firebee_domain::{
    account::Action,
    code::Code,
    id::TaskId,
    instrument::Instrument,
    task::{Controller, Helper, TaskDescribed, TaskError},
    text::{self, NAME_MAX, TextError},
};

/// The description of a task; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribeTask {
    /// The task.
    pub task: TaskId,
    /// The brand of the fire alarm controller; `None` says that there is no alarm system.
    pub controller_brand: Option<String>,
    /// Persons present beside the executor, by name; who has the name of one colleague is that colleague.
    pub helpers: Vec<String>,
    /// Instruments used, by their number on the firm's list.
    pub instruments: Vec<String>,
}

/// Why a description is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DescribeError {
    /// there is a controller, but its brand is blank.
    #[error("the controller's brand is missing")]
    ControllerRequired,
    /// the firm's list has no instrument of this number.
    #[error("the firm's list has no such instrument")]
    InstrumentUnknown,
    /// A name is too long or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The state machine refuses it.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(DescribeError);

impl DescribeError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::ControllerRequired => Code::ControllerRequired,
            Self::InstrumentUnknown => Code::InstrumentUnknown,
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tasks {
    /// Describes a task. Durable when it returns.
    ///
    /// # Errors
    /// See [`DescribeError`]; nothing was recorded.
    pub fn describe(&self, input: &DescribeTask) -> Result<(), DescribeError> {
        let controller = match &input.controller_brand {
            None => Controller::None,
            Some(brand) => match text::name(brand, NAME_MAX) {
                Err(TextError::Empty) => return Err(DescribeError::ControllerRequired),
                other => Controller::Brand(other?),
            },
        };
        let helpers: Vec<String> =
            input.helpers.iter().map(|name| text::name(name, NAME_MAX)).collect::<Result<_, _>>()?;
        self.0.act_on("describe_task", input.task, Action::DescribeTask, |acting, view| {
            let held = view.task.description.as_ref().map_or(&[][..], |held| &held.described.instruments);
            let found = |number: &String| acting.instrument(number, held).ok_or(DescribeError::InstrumentUnknown);
            let described = TaskDescribed {
                controller: controller.clone(),
                helpers: helpers.iter().map(|name| acting.helper(name)).collect(),
                instruments: input.instruments.iter().map(found).collect::<Result<_, _>>()?,
            };
            acting.say::<DescribeError>(view, described, Vec::new()).map(drop)
        })
    }
}

impl Eyes<'_> {
    /// An instrument by its number, as the firm's list has it; one that has left the list since, as the task has it.
    pub(crate) fn instrument(&self, number: &str, held: &[Instrument]) -> Option<Instrument> {
        let listed = &self.papers.firm.instruments;
        listed.iter().chain(held).find(|instrument| instrument.number == number).cloned()
    }

    /// A helper by name. Whose name only one colleague has is that colleague.
    fn helper(&self, name: &str) -> Helper {
        let mut alike = self.papers.firm.crew.iter().filter(|colleague| colleague.name == name);
        let person = alike.next().map(|colleague| colleague.person).filter(|_| alike.next().is_none());
        Helper { person, name: name.to_owned() }
    }
}
