//! The screens of the apps: one complete view for each, in the client's language. A shell holds no rule, computes no
//! date and writes no text.

mod act;
mod answer;
mod camera;
mod cut;
mod dispatch;
mod dispatches;
mod form;
mod guide;
mod instances;
mod issued;
mod item;
mod map;
mod me;
mod moving;
mod note;
mod notice;
mod outside_plan;
mod permissions;
mod photo;
mod practice;
mod project;
mod projects;
mod quiet;
mod reading;
mod record;
mod review;
mod row;
mod search;
mod step;
mod storage;
mod sync;
mod task;
#[cfg(test)]
mod tests;
mod today;
mod track;
mod undecided;
mod walk;
mod way;
mod words;

pub use act::Act;
pub use camera::{CameraScreen, Purpose};
pub use dispatch::{DispatchRow, DispatchScreen, StepRow};
pub use dispatches::{DispatchChoice, DispatchPage, DispatchQuery, DispatchSort};
pub use firebee_protocol::text::{Chip, Count, Left, Shape, Tone, When};
pub use form::{
    FormView, Input, NumberInput, PickInput, PickOption, ProposedVerdict, Question, VariantPick, VerdictChoice,
    YesNoInput,
};
pub use guide::guide;
pub use instances::Rest;
pub use issued::{IssuedGroup, IssuedPage, IssuedQuery, IssuedRow};
pub use item::{InstanceRow, ItemScreen, OpenFaultRow, Previous};
pub use map::{FenceView, LatLon, MapView, TrackPiece};
pub use me::Me;
pub use moving::{MoveScreen, MoveTarget};
pub use note::FieldNote;
pub use notice::{About, Ahead, Reminder, Reminders};
pub use outside_plan::{OfferedFacility, OfferedItem, OfferedSystem, OutsidePlan, SupplementaryScreen};
pub use permissions::{Permission, PermissionStep};
pub use photo::PhotoView;
pub use practice::{InstrumentChoice, NameChoice, Receiver, RestoreRow, WitnessView};
pub use project::{FacilityRow, ProjectScreen, SystemRow};
pub use projects::{ProjectPage, ProjectQuery, ProjectRow};
pub use quiet::Quiet;
pub use record::{RecordRow, RecordScreen, SaidRow};
pub use review::{AnswerRow, FaultRow, LogRow, PersonRow, ReviewScreen, Seen, TimeRow, WayChoice};
pub use row::TaskRow;
pub use search::{MonthChoice, StateChoice, TaskPage, TaskQuery, TaskSort, Whose};
pub use step::{Instance, Step, StepKind};
pub use storage::{AllowanceChoice, PictureRules, Use};
pub use sync::{Lost, SyncScreen, Told};
pub use task::{ControllerChoice, DueView, ItemRow, Opinion, TaskScreen};
pub use today::{HandedRow, Today, Waiting};
pub use track::{HoleRow, TrackScreen, TrackSums};
pub use undecided::{UndecidedFact, UndecidedGroup, UndecidedScreen};
pub use way::{Ledger, Wait, WaitReason, Way};
pub use words::Words;

use crate::work::Desk;
use std::sync::Arc;

/// Reads screens.
#[derive(Clone)]
pub struct Screens(pub(crate) Arc<Desk>);

/// A count of the stores as texts take it.
fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// A count as a shell takes it.
fn shown(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
