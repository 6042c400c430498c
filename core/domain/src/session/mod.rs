//! Who is signed in where: one app account on one phone at a time (R-034), fenced by an epoch (protocol, "One device
//! an account").

mod late;

pub use late::{ClaimBy, Known, Standing, late_through};

use crate::{
    code::Code,
    id::{AccountId, StoreId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What a person signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientKind {
    /// The phone app: one at a time, with a store and an epoch.
    App,
    /// The console in a browser: any number at a time, without a store.
    Console,
}

/// The phone that holds an account, as a second phone is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The journal that may write for the account.
    pub store: StoreId,
    /// The phone's name.
    pub device: String,
    /// When the server last heard of it.
    pub last_seen: Timestamp,
    /// Facts that it last said it had not sent.
    pub unsent_facts: u32,
    /// Blobs that it last said it had not sent.
    pub unsent_blobs: u32,
}

/// The app session of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppSession {
    /// The account.
    pub account: AccountId,
    /// The fencing token: 0 before the first claim, then from 1 upwards.
    pub epoch: u64,
    /// The store that claimed last; stays after a release.
    pub store: Option<StoreId>,
    /// The phone that holds the account now; `None` when it is free.
    pub holder: Option<Holder>,
}

/// another phone holds the account.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the account is signed in on another phone")]
pub struct SignedInElsewhere {
    /// The phone that holds it.
    pub holder: Holder,
}

impl SignedInElsewhere {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        Code::SignedInElsewhere
    }
}

impl AppSession {
    /// An account that was never claimed.
    pub const fn new(account: AccountId) -> Self {
        Self { account, epoch: 0, store: None, holder: None }
    }

    /// `claimant` takes the account. The answer is a refusal while another store holds it, unless `succeeds`
    /// names that store; then the caller has verified that store's signature. The epoch grows by one only when the
    /// claimant is another store than the last one.
    pub fn claim(&self, claimant: Holder, succeeds: Option<StoreId>) -> Result<Self, SignedInElsewhere> {
        match &self.holder {
            Some(holder) if holder.store != claimant.store && succeeds != Some(holder.store) => {
                Err(SignedInElsewhere { holder: holder.clone() })
            }
            _ => {
                let epoch = if self.store == Some(claimant.store) { self.epoch } else { self.epoch.saturating_add(1) };
                Ok(Self { account: self.account, epoch, store: Some(claimant.store), holder: Some(claimant) })
            }
        }
    }

    /// After a restore of the server, `claimant` takes the account again by the receipt of its claim in `epoch`; the caller
    /// has verified the receipt. The backup may be older than that claim, or than another's: the greatest epoch holds.
    /// `None` when the account is free at that epoch or was freed since: then a person signs in.
    pub fn reclaim(&self, claimant: Holder, epoch: u64) -> Result<Option<Self>, SignedInElsewhere> {
        match &self.holder {
            _ if self.epoch < epoch => {
                let (store, holder) = (Some(claimant.store), Some(claimant));
                Ok(Some(Self { account: self.account, epoch, store, holder }))
            }
            Some(holder) if holder.store != claimant.store => Err(SignedInElsewhere { holder: holder.clone() }),
            Some(_) if self.epoch == epoch => Ok(Some(Self { holder: Some(claimant), ..self.clone() })),
            _ => Ok(None),
        }
    }

    /// Frees the account when its holder signs out. For a store that does not hold it nothing changes, so a repeat is
    /// safe.
    pub fn release(&self, store: StoreId) -> Self {
        match &self.holder {
            Some(holder) if holder.store == store => Self { holder: None, ..self.clone() },
            _ => self.clone(),
        }
    }

    /// frees the account of a phone that is lost. The epoch grows, so the phone is fenced off with its old tokens.
    /// What it recorded it still sends; that is late (see [`Standing`]).
    pub fn force_release(&self) -> Self {
        Self { epoch: self.epoch.saturating_add(1), holder: None, ..self.clone() }
    }

    /// Whether `store` may write for the account now, in `epoch`. Any other store is fenced off.
    pub fn holds(&self, store: StoreId, epoch: u64) -> bool {
        self.epoch == epoch && self.holder.as_ref().is_some_and(|holder| holder.store == store)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn store(n: u128) -> StoreId {
        StoreId(Uuid::from_u128(n))
    }

    fn phone(n: u128) -> Holder {
        Holder {
            store: store(n),
            device: format!("phone {n}"),
            last_seen: Timestamp(1_000),
            unsent_facts: 3,
            unsent_blobs: 1,
        }
    }

    fn free() -> AppSession {
        AppSession::new(AccountId(Uuid::from_u128(9)))
    }

    /// the second phone is refused until the first has signed out, and is told which phone it is.
    #[test]
    fn r_034_a_second_phone_is_refused_until_the_first_has_signed_out() {
        let first = free().claim(phone(1), None).unwrap();
        assert_eq!(first.claim(phone(2), None), Err(SignedInElsewhere { holder: phone(1) }));
        assert_eq!(first.claim(phone(2), Some(store(3))), Err(SignedInElsewhere { holder: phone(1) }));
        let second = first.release(store(1)).claim(phone(2), None).unwrap();
        assert!(second.holds(store(2), 2) && !second.holds(store(1), 1) && !second.holds(store(1), 2));
    }

    #[test]
    fn r_034_a_release_by_a_phone_that_does_not_hold_the_account_frees_nothing() {
        let first = free().claim(phone(1), None).unwrap();
        assert_eq!(first.release(store(2)), first);
        assert_eq!(first.release(store(1)).release(store(1)), first.release(store(1)));
    }

    #[test]
    fn after_a_restore_the_greatest_epoch_holds_the_account() {
        let first = free().claim(phone(1), None).unwrap();
        let second = first.release(store(1)).claim(phone(2), None).unwrap();
        // The backup was made before the second phone's claim.
        let again = first.reclaim(phone(2), 2).unwrap().unwrap();
        assert!(again.holds(store(2), 2));
        assert_eq!(again.reclaim(phone(2), 2).unwrap(), Some(again.clone()), "a repeat changes nothing");
        assert_eq!(again.reclaim(phone(1), 1), Err(SignedInElsewhere { holder: phone(2) }));
        assert_eq!(second.reclaim(phone(1), 1), Err(SignedInElsewhere { holder: phone(2) }));
        assert_eq!(second.force_release().reclaim(phone(2), 2), Ok(None), "a phone that was freed since signs in");
        assert_eq!(first.release(store(1)).reclaim(phone(1), 1), Ok(None));
    }

    #[test]
    fn a_lost_phone_is_fenced_off_and_the_account_is_free_for_another() {
        let lost = free().claim(phone(1), None).unwrap().force_release();
        assert!(!lost.holds(store(1), 1) && !lost.holds(store(1), 2));
        assert!(lost.claim(phone(2), None).unwrap().holds(store(2), 3));
        let found = lost.claim(phone(1), None).unwrap();
        assert!(found.holds(store(1), 2) && !found.holds(store(1), 1), "its old epoch opens nothing");
    }

    #[test]
    fn the_epoch_grows_with_another_store_and_at_nothing_else() {
        let first = free().claim(phone(1), None).unwrap();
        assert_eq!(first.epoch, 1);
        assert_eq!(first.claim(phone(1), None).unwrap().epoch, 1);
        assert_eq!(first.release(store(1)).epoch, 1);
        assert_eq!(first.release(store(1)).claim(phone(1), None).unwrap().epoch, 1);
        assert_eq!(first.claim(phone(2), Some(store(1))).unwrap().epoch, 2);
    }
}
