//! Controller, helpers and instruments of a task.

use crate::work::{Tasks, Trouble};
use firebee_domain::{
    account::Action,
    code::Code,
    id::TaskId,
    task::{Controller, TaskDescribed, TaskError},
    text::{self, NAME_MAX, TextError},
};

/// The description of a task; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribeTask {
    /// The task.
    pub task: TaskId,
    /// The brand of the fire alarm controller; `None` says that there is no alarm system.
    pub controller_brand: Option<String>,
    /// Persons present beside the executor, by name.
    pub helpers: Vec<String>,
    /// Instruments used, by number.
    pub instruments: Vec<String>,
}

/// Why a description is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DescribeError {
    /// there is a controller, but its brand is blank.
    #[error("the controller's brand is missing")]
    ControllerRequired,
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
        let names = |typed: &[String]| -> Result<Vec<String>, TextError> {
            typed.iter().map(|name| text::name(name, NAME_MAX)).collect()
        };
        let described =
            TaskDescribed { controller, helpers: names(&input.helpers)?, instruments: names(&input.instruments)? };
        self.0.act_on("describe_task", input.task, Action::DescribeTask, |acting, view| {
            acting.say::<DescribeError>(view, described.clone(), Vec::new()).map(drop)
        })
    }
}
