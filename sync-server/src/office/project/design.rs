//! A manager enters what the design of a project prescribes, and takes back what was entered by mistake.

use super::edit::edit;
use crate::{
    office::{
        Act, Refused,
        command::{command, trial},
        rule::rules,
    },
    store::{Store, Tx},
};
use firebee_domain::{
    id::ProjectId,
    project::{DesignError, DesignValue, Project, enter_design as entered, take_back_design as taken_back},
};
use firebee_protocol::catalogue::Pack;
use serde::Serialize;

/// A value of the design.
#[derive(Clone, Debug, Serialize)]
pub struct EnterDesign {
    /// The project.
    pub project: ProjectId,
    /// The value, with its source and date.
    pub value: DesignValue,
}

/// A value of the design that was entered by mistake, such as by a table.
#[derive(Clone, Debug, Serialize)]
pub struct TakeBackDesign {
    /// The project.
    pub project: ProjectId,
    /// The value. It is the one that was entered last for its field.
    pub value: DesignValue,
}

rules! { DesignError [Source], }

/// Enters a value behind the earlier ones, which stay, and tells the phones.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not change it.
pub async fn enter_design(store: &Store, act: Act, wanted: EnterDesign) -> Result<(), Refused<DesignError>> {
    command(store, act, "enter_design", wanted.project, wanted, run).await
}

/// What [`enter_design()`] would say; everything is taken back.
pub(in crate::office) async fn try_enter(
    store: &Store,
    act: Act,
    wanted: EnterDesign,
) -> Result<(), Refused<DesignError>> {
    trial(store, act, wanted, run).await
}

/// Takes the value back; the one before it counts again. Tells the phones.
///
/// # Errors
/// [`Refused`], also when another value was entered since, the project is not there or this actor may not change it.
pub async fn take_back_design(store: &Store, act: Act, wanted: TakeBackDesign) -> Result<(), Refused<DesignError>> {
    command(store, act, "take_back_design", wanted.project, wanted, run_back).await
}

/// What [`take_back_design()`] would say; everything is taken back.
pub(in crate::office) async fn try_take_back(
    store: &Store,
    act: Act,
    wanted: TakeBackDesign,
) -> Result<(), Refused<DesignError>> {
    trial(store, act, wanted, run_back).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &EnterDesign) -> Result<(), Refused<DesignError>> {
    let enter = |project: &Project| Ok(entered(project, &Pack::embedded().catalogue, wanted.value.clone())?);
    edit(tx, act, wanted.project, enter).await
}

async fn run_back(tx: &mut Tx, act: &Act, wanted: &TakeBackDesign) -> Result<(), Refused<DesignError>> {
    let back = |project: &Project| taken_back(project, &wanted.value).ok_or(Refused::NotFound);
    edit(tx, act, wanted.project, back).await
}
