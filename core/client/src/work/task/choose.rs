//! Chooses one part of a task's description and leaves the other parts unchanged.

use super::{DescribeError, DescribeTask};
use crate::work::Tasks;
use firebee_domain::{
    id::TaskId,
    task::{Controller, TaskDescribed, TaskError},
};

impl Tasks {
    /// Chooses the controller; `None` says that there is no alarm system.
    ///
    /// # Errors
    /// See [`DescribeError`]; nothing was recorded.
    pub fn set_controller(&self, task: TaskId, brand: Option<String>) -> Result<(), DescribeError> {
        let held = self.described(task)?;
        let held = held.map(|held| input(task, held));
        let (helpers, instruments) = held.map(|held| (held.helpers, held.instruments)).unwrap_or_default();
        self.describe(&DescribeTask { task, controller_brand: brand, helpers, instruments })
    }

    /// Chooses the helpers.
    ///
    /// # Errors
    /// See [`DescribeError`]; before the controller was chosen, [`DescribeError::ControllerRequired`].
    pub fn set_helpers(&self, task: TaskId, helpers: Vec<String>) -> Result<(), DescribeError> {
        let held = self.described(task)?.ok_or(DescribeError::ControllerRequired)?;
        self.describe(&DescribeTask { helpers, ..input(task, held) })
    }

    /// Chooses the instruments, by number.
    ///
    /// # Errors
    /// See [`DescribeError`]; before the controller was chosen, [`DescribeError::ControllerRequired`].
    pub fn set_instruments(&self, task: TaskId, instruments: Vec<String>) -> Result<(), DescribeError> {
        let held = self.described(task)?.ok_or(DescribeError::ControllerRequired)?;
        self.describe(&DescribeTask { instruments, ..input(task, held) })
    }

    fn described(&self, task: TaskId) -> Result<Option<TaskDescribed>, DescribeError> {
        self.0.look(|eyes| {
            let view = eyes.task(task)?.ok_or(TaskError::Unknown)?;
            Ok(view.task.description.map(|description| description.described))
        })
    }
}

fn input(task: TaskId, held: TaskDescribed) -> DescribeTask {
    let controller_brand = match held.controller {
        Controller::Brand(brand) => Some(brand),
        Controller::None => None,
    };
    let helpers = held.helpers.into_iter().map(|helper| helper.name).collect();
    let instruments = held.instruments.into_iter().map(|instrument| instrument.number).collect();
    DescribeTask { task, controller_brand, helpers, instruments }
}
