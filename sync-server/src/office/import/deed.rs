//! What a row asks for: one of the office's own commands.

use super::{Row, Told, building, contact, design, owner, position, project};
use crate::{
    office::{Act, Office, contact as contacts, owner as owners, project as projects},
    store::{StoreError, Tx},
};
use firebee_domain::{import::Kind, project::address_has_number};
use uuid::Uuid;

/// What a row asks for.
pub(super) enum Found {
    /// A command.
    Deed(Deed),
    /// Nothing: what it says is known.
    Same,
    /// Nothing that a form could ask for.
    Wrong(Vec<Told>),
}

/// A command.
#[derive(Clone)]
pub(super) enum Deed {
    /// Makes an owner.
    CreateOwner(owners::Create),
    /// Changes one, which was this before.
    ChangeOwner(owners::Change, owners::Change),
    /// Makes a contact.
    CreateContact(contacts::Create),
    /// Changes one, which was this before.
    ChangeContact(contacts::Change, contacts::Change),
    /// Makes a project.
    CreateProject(Box<projects::Create>),
    /// Changes one, which was this before, as JSON.
    ChangeProject(Box<projects::Change>, String),
    /// Adds a building, or replaces one, which was this before, as JSON.
    PutBuilding(Box<projects::PutBuilding>, Option<String>),
    /// Enters a value of a design, and whether it is the first one of its field.
    EnterDesign(Box<projects::EnterDesign>, bool),
    /// Puts an instance on a list, or words one anew, which was this before, as JSON.
    PutPosition(projects::PutPosition, Option<String>),
}

/// What a command did.
pub(super) struct Outcome {
    /// What was made or changed.
    pub(super) subject: Uuid,
    /// What it was before, as JSON; `None` of what was made.
    pub(super) earlier: Option<String>,
    /// What a new contact signs in as, and the first password.
    pub(super) access: Option<(String, String)>,
}

/// The command that a row asks for.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn find(tx: &mut Tx, act: &Act, kind: Kind, row: &Row) -> Result<Found, StoreError> {
    match kind {
        Kind::Owners => owner::find(tx, act, row).await,
        Kind::Contacts => contact::find(tx, act, row).await,
        Kind::Projects => project::find(tx, act, row).await,
        Kind::Buildings => building::find(tx, act, row).await,
        Kind::Design => design::find(tx, act, row).await,
        Kind::Positions => position::find(tx, act, row).await,
    }
}

impl Deed {
    /// Whether it makes something.
    pub(super) const fn makes(&self) -> bool {
        match self {
            Self::CreateOwner(_) | Self::CreateContact(_) | Self::CreateProject(_) => true,
            Self::ChangeOwner(..) | Self::ChangeContact(..) | Self::ChangeProject(..) => false,
            Self::PutBuilding(_, earlier) | Self::PutPosition(_, earlier) => earlier.is_none(),
            Self::EnterDesign(_, first) => *first,
        }
    }

    /// Whether something about it is worth a second look and stops nothing.
    pub(super) fn is_doubtful(&self) -> bool {
        let address = match self {
            Self::CreateOwner(wanted) => &wanted.address,
            Self::ChangeOwner(wanted, _) => &wanted.address,
            Self::CreateProject(wanted) => return !address_has_number(&wanted.typed.address),
            Self::ChangeProject(wanted, _) => return !address_has_number(&wanted.typed.address),
            Self::CreateContact(_)
            | Self::ChangeContact(..)
            | Self::PutBuilding(..)
            | Self::EnterDesign(..)
            | Self::PutPosition(..) => return false,
        };
        !firebee_domain::owner::address_is_specific(address)
    }

    /// What the command would say; everything is taken back.
    pub(super) async fn attempt(self, office: &Office, act: Act) -> Result<Vec<Told>, StoreError> {
        let store = &office.store;
        match self {
            Self::CreateOwner(wanted) => told(owners::try_create(store, act, wanted).await),
            Self::ChangeOwner(wanted, _) => told(owners::try_change(store, act, wanted).await),
            Self::CreateContact(wanted) => told(contacts::try_create(store, act, wanted).await),
            Self::ChangeContact(wanted, _) => told(contacts::try_change(store, act, wanted).await),
            Self::CreateProject(wanted) => told(projects::try_create(store, act, *wanted).await),
            Self::ChangeProject(wanted, _) => told(projects::try_change(store, act, *wanted).await),
            Self::PutBuilding(wanted, _) => {
                told(projects::try_put_building(store, act, *wanted).await).map(|told| placed(told, building::placed))
            }
            Self::EnterDesign(wanted, _) => {
                told(projects::try_enter_design(store, act, *wanted).await).map(|told| placed(told, design::placed))
            }
            Self::PutPosition(wanted, _) => told(projects::try_put_position(store, act, wanted).await),
        }
    }

    /// What it changes, and what that was before, as JSON; `None` of what it makes. The values of a design that came before
    /// stand in the project itself.
    pub(super) fn changes(&self) -> Result<Option<(Uuid, String)>, StoreError> {
        Ok(match self {
            Self::ChangeOwner(wanted, before) => Some((wanted.owner.0, owner::kept(before)?)),
            Self::ChangeContact(wanted, before) => Some((wanted.contact.0, contact::kept(before)?)),
            Self::ChangeProject(wanted, earlier) => Some((wanted.project.0, earlier.clone())),
            Self::PutBuilding(wanted, earlier) => wanted.building.map(|building| building.0).zip(earlier.clone()),
            Self::PutPosition(wanted, earlier) => earlier.clone().map(|earlier| (wanted.project.0, earlier)),
            Self::CreateOwner(_) | Self::CreateContact(_) | Self::CreateProject(_) | Self::EnterDesign(..) => None,
        })
    }

    /// Runs the command. What it makes is known by the id of its request.
    pub(super) async fn run(self, office: &Office, act: Act) -> Result<Result<Outcome, Vec<Told>>, StoreError> {
        let store = &office.store;
        let (subject, earlier) = match self.changes()? {
            Some((subject, earlier)) => (subject, Some(earlier)),
            None => (act.request.0, None),
        };
        let mut access = None;
        let ran = match self {
            Self::CreateOwner(wanted) => done(owners::create(store, act, wanted).await),
            Self::ChangeOwner(wanted, _) => done(owners::change(store, act, wanted).await),
            Self::CreateContact(wanted) => {
                let made = contacts::create(office, act, wanted).await;
                done(made.map(|done| access = done.password.map(|password| (done.login, password))))
            }
            Self::ChangeContact(wanted, _) => done(contacts::change(store, act, wanted).await),
            Self::CreateProject(wanted) => done(projects::create(store, act, *wanted).await),
            Self::ChangeProject(wanted, _) => done(projects::change(store, act, *wanted).await),
            Self::PutBuilding(wanted, _) => {
                let ran = done(projects::buildings::put(store, act, *wanted).await);
                ran.map(|ran| ran.map_err(|told| placed(told, building::placed)))
            }
            Self::EnterDesign(wanted, _) => {
                let ran = done(projects::enter_design(store, act, *wanted).await);
                ran.map(|ran| ran.map_err(|told| placed(told, design::placed)))
            }
            Self::PutPosition(wanted, _) => done(projects::put_position(store, act, wanted).await),
        };
        Ok(ran?.map(|()| Outcome { subject, earlier, access }))
    }
}

/// What was told, at the columns of the table.
fn placed(told: Vec<Told>, place: fn(Told) -> Told) -> Vec<Told> {
    told.into_iter().map(place).collect()
}

/// What a trial said.
pub(super) fn told<T, R: crate::office::Rule>(
    tried: Result<T, crate::office::Refused<R>>,
) -> Result<Vec<Told>, StoreError> {
    tried.map_or_else(Told::of, |_| Ok(Vec::new()))
}

fn done<T, R: crate::office::Rule>(
    ran: Result<T, crate::office::Refused<R>>,
) -> Result<Result<(), Vec<Told>>, StoreError> {
    match ran {
        Ok(_) => Ok(Ok(())),
        Err(refused) => Told::of(refused).map(Err),
    }
}
