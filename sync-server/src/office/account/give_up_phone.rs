//! A manager drops the key of a stolen phone, and gives up what the phone had not sent.

use crate::{
    office::{
        Act, Office, Refused,
        command::command,
        rule::rules,
        session::drop_key::{Dropped, phone, revoke, warn},
    },
    org::Org,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Subject, may},
    code::Code,
    id::{AccountId, StoreId},
};
use serde::Serialize;

/// Which phone.
#[derive(Clone, Copy, Debug)]
pub struct GiveUp {
    /// The account.
    pub account: AccountId,
    /// Its phone's store.
    pub store: StoreId,
    /// Whether the manager has confirmed that what was not sent is given up.
    pub confirmed: bool,
}

/// Why the key stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GiveUpError {
    /// Nobody has confirmed that data are given up.
    #[error("giving up was not confirmed")]
    NotConfirmed,
}

rules! { GiveUpError [], }

impl GiveUpError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotConfirmed => Code::GiveUpNotConfirmed,
        }
    }
}

/// What the work log keeps.
#[derive(Serialize)]
struct Wanted {
    account: AccountId,
    #[serde(skip)]
    store: StoreId,
    unsent_facts: u64,
    unsent_blobs: u64,
}

/// Drops the key of a phone of another account of the actor's firm. The server never again takes anything from it.
///
/// # Errors
/// [`Refused`], also when the phone is not there, is the actor's own, or is not the actor's to give up.
pub async fn give_up_phone(office: &Office, act: Act, asked: GiveUp) -> Result<(), Refused<GiveUpError>> {
    let GiveUp { account, store, confirmed } = asked;
    let (org, actor) = (act.org, act.actor.clone());
    let found = office.store.read("find_phone", async move |tx: &mut Tx| find(tx, org, &actor, account, store).await);
    let dropped: Dropped = found.await?;
    if !confirmed {
        return Err(GiveUpError::NotConfirmed.into());
    }
    let (unsent_facts, unsent_blobs) = (dropped.unsent_facts, dropped.unsent_blobs);
    let wanted = Wanted { account, store, unsent_facts, unsent_blobs };
    command(&office.store, act, "drop_device_key", store, wanted, run).await?;
    warn(store, &dropped);
    Ok(())
}

async fn find(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    account: AccountId,
    store: StoreId,
) -> Result<Dropped, Refused<GiveUpError>> {
    let (holder, dropped) = phone(tx, org, store).await?.ok_or(Refused::NotFound)?;
    let permitted = may(actor, Action::DropDeviceKey, &Subject::of(org.id(), &[]));
    if holder != account || account == actor.account || !permitted {
        return Err(Refused::NotFound);
    }
    Ok(dropped)
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<(), Refused<GiveUpError>> {
    find(tx, act.org, &act.actor, wanted.account, wanted.store).await?;
    let revoked: Result<(), StoreError> = revoke(tx, act.org, (wanted.account, wanted.store), act.event()).await;
    Ok(revoked?)
}
