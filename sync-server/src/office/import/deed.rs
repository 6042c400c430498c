//! What a row asks for: one of the office's own commands.

use super::{Row, Told, contact, owner};
use crate::{
    office::{Act, Office, contact as contacts, owner as owners},
    store::{StoreError, Tx},
};
use firebee_domain::import::Kind;
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
    }
}

impl Deed {
    /// Whether it makes something.
    pub(super) const fn makes(&self) -> bool {
        matches!(self, Self::CreateOwner(_) | Self::CreateContact(_))
    }

    /// Whether something about it is worth a second look and stops nothing.
    pub(super) fn is_doubtful(&self) -> bool {
        let address = match self {
            Self::CreateOwner(wanted) => &wanted.address,
            Self::ChangeOwner(wanted, _) => &wanted.address,
            Self::CreateContact(_) | Self::ChangeContact(..) => return false,
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
        }
    }

    /// Runs the command.
    pub(super) async fn run(self, office: &Office, act: Act) -> Result<Result<Outcome, Vec<Told>>, StoreError> {
        let (store, made) = (&office.store, act.request.0);
        let outcome = |subject, earlier| Outcome { subject, earlier, access: None };
        match self {
            Self::CreateOwner(wanted) => done(owners::create(store, act, wanted).await.map(|id| outcome(id.0, None))),
            Self::ChangeOwner(wanted, before) => {
                let (subject, earlier) = (wanted.owner.0, owner::kept(&before)?);
                done(owners::change(store, act, wanted).await.map(|()| outcome(subject, Some(earlier))))
            }
            Self::CreateContact(wanted) => done(contacts::create(office, act, wanted).await.map(|done| Outcome {
                subject: made,
                earlier: None,
                access: done.password.map(|password| (done.login, password)),
            })),
            Self::ChangeContact(wanted, before) => {
                let (subject, earlier) = (wanted.contact.0, contact::kept(&before)?);
                done(contacts::change(store, act, wanted).await.map(|()| outcome(subject, Some(earlier))))
            }
        }
    }
}

/// What a trial said.
pub(super) fn told<T, R: crate::office::Rule>(
    tried: Result<T, crate::office::Refused<R>>,
) -> Result<Vec<Told>, StoreError> {
    tried.map_or_else(Told::of, |_| Ok(Vec::new()))
}

fn done<T, R: crate::office::Rule>(
    ran: Result<T, crate::office::Refused<R>>,
) -> Result<Result<T, Vec<Told>>, StoreError> {
    match ran {
        Ok(done) => Ok(Ok(done)),
        Err(refused) => Told::of(refused).map(Err),
    }
}
