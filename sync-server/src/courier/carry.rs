//! The job that takes messages out. What is due of every firm is under way at once, within bounds: a few of one firm, one for one
//! receiver. So a receiver that never answers takes the time of its own firm only (ADR 95).

use super::{client::Client, deliver::deliver, robot::tell};
use crate::{
    office::{robot, webhook},
    org::Org,
    query,
    state::App,
    store::{StoreError, Tx},
};
use firebee_domain::{robot::slot, time::Timestamp};
use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};
use tokio::{
    sync::watch,
    task::{Id, JoinSet},
};

/// How often it is looked whether something is due.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Attempts of all firms that are under way at once.
pub const AT_ONCE_MAX: usize = 64;

/// Attempts of one firm that are under way at once.
pub const OF_A_FIRM_MAX: usize = 4;

/// Takes messages out until the server stops. What is under way then is cut off, and due again after the next start.
pub async fn run(app: App, mut stopped: watch::Receiver<()>) {
    let mut courier = Courier::new(app);
    loop {
        courier.start().await;
        tokio::select! {
            Some(_) = courier.ended() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Attempts that are under way. Dropping it cuts them off.
pub struct Courier {
    app: App,
    client: Client,
    under_way: JoinSet<bool>,
    /// Whose each attempt is.
    firms: HashMap<Id, Org>,
    /// The firm of which something was started last.
    last: Option<Org>,
}

impl Courier {
    /// With nothing under way.
    pub fn new(app: App) -> Self {
        let client = Client::new(&app.config);
        Self { app, client, under_way: JoinSet::new(), firms: HashMap::new(), last: None }
    }

    /// Starts what is due, as far as there is room, and waits for no receiver. Returns how many attempts it started.
    pub async fn start(&mut self) -> usize {
        let now = self.app.clock.now();
        let find = async move |tx: &mut Tx| {
            let mut firms: BTreeSet<Org> = query::webhook::firms(tx, now).await?.into_iter().collect();
            firms.extend(query::robot::firms(tx, slot(now)).await?);
            Ok(firms)
        };
        let found: Result<_, StoreError> = self.app.store.read("find_firms_to_tell", find).await;
        let firms = found.unwrap_or_else(|error| {
            tracing::warn!(%error, "what is due to programs and chat groups could not be looked up");
            BTreeSet::new()
        });
        // In turn: when there is little room, the next firm has it.
        let (served, next): (Vec<Org>, Vec<Org>) = firms.into_iter().partition(|org| Some(*org) <= self.last);
        let before = self.under_way.len();
        for org in next.into_iter().chain(served) {
            let held = self.under_way.len();
            if let Err(error) = self.start_firm(org, now).await {
                tracing::warn!(%error, "what is due of a firm could not be taken");
            }
            if self.under_way.len() > held {
                self.last = Some(org);
            }
        }
        self.under_way.len() - before
    }

    async fn start_firm(&mut self, org: Org, now: Timestamp) -> Result<(), StoreError> {
        if self.room(org) == 0 {
            return Ok(());
        }
        // A firm without its key signs nothing and opens no address; what it has to tell waits.
        let Ok(keys) = self.app.keys(org).await else { return Ok(()) };
        // The groups first: they are few, and are told once a quarter of an hour.
        for row in robot::claim(&self.app.store, org, (slot(now), self.room(org))).await? {
            let (app, client, keys) = (self.app.clone(), self.client.clone(), keys.clone());
            self.spawn(org, async move { tell(&app, &client, (org, &keys), &row).await });
        }
        for claimed in webhook::claim(&self.app.store, org, (now, self.room(org))).await? {
            let (app, client, keys) = (self.app.clone(), self.client.clone(), keys.clone());
            self.spawn(org, async move { deliver(&app, &client, (org, &keys), claimed).await });
        }
        Ok(())
    }

    /// How many attempts of a firm may start.
    fn room(&self, org: Org) -> usize {
        let held = self.firms.values().filter(|firm| **firm == org).count();
        OF_A_FIRM_MAX.saturating_sub(held).min(AT_ONCE_MAX.saturating_sub(self.under_way.len()))
    }

    fn spawn(&mut self, org: Org, attempt: impl Future<Output = Result<bool, StoreError>> + Send + 'static) {
        let attempt = async {
            attempt.await.unwrap_or_else(|error| {
                tracing::warn!(%error, "what became of a message could not be written down");
                false
            })
        };
        self.firms.insert(self.under_way.spawn(attempt).id(), org);
    }

    /// Waits until an attempt has ended, and takes the others that have ended, too. Returns how many receivers have their message;
    /// `None` where nothing is under way.
    pub async fn ended(&mut self) -> Option<usize> {
        let mut delivered = 0;
        let mut ended = Some(self.under_way.join_next_with_id().await?);
        while let Some(attempt) = ended {
            let id = match attempt {
                Ok((id, has_it)) => {
                    delivered += usize::from(has_it);
                    id
                }
                Err(error) => {
                    tracing::error!(%error, "a message was not taken out");
                    error.id()
                }
            };
            self.firms.remove(&id);
            ended = self.under_way.try_join_next_with_id();
        }
        Some(delivered)
    }
}
