//! A phone: the shipped client on a disk of its own, one life after another.

use super::{disk::Life, host::Host, link::SimLink, office};
use crate::{book::Book, trace, verdict::broken};
use firebee_client::{
    Client, ClientConfig, OpenError,
    journal::StoreHealth,
    ports::{Clock as _, Ports, SoftwareSigner, SystemEntropy},
};
use firebee_protocol::session::Device;
use firebee_tests::clock::RunningClock;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::task::JoinHandle;

/// A phone of somebody.
pub struct Phone {
    /// Its place among the phones.
    pub number: usize,
    /// Whose it is: a place among [`office::LOGINS`].
    pub owner: usize,
    /// Its clocks.
    pub clock: Arc<RunningClock>,
    /// The app, while it runs.
    pub client: Option<Client>,
    /// A sync that is under way.
    pub busy: Option<JoinHandle<()>>,
    /// The journal as it was when a backup was made.
    pub backup: Option<PathBuf>,
    life: Arc<Life>,
    host: Arc<Host>,
    book: Arc<Mutex<Book>>,
}

impl Phone {
    /// A phone that nobody has signed in on. The app runs.
    pub fn new(
        number: usize,
        owner: usize,
        life: Arc<Life>,
        clock: Arc<RunningClock>,
        host: Arc<Host>,
        book: Arc<Mutex<Book>>,
    ) -> Self {
        let mut phone = Self { number, owner, clock, client: None, busy: None, backup: None, life, host, book };
        phone.open();
        phone
    }

    /// How its people call it.
    pub fn name(&self) -> String {
        format!("phone {} of {}", self.number, self.login())
    }

    /// Who signs in on it.
    pub fn login(&self) -> &'static str {
        office::LOGINS.get(self.owner).copied().unwrap_or_default()
    }

    /// The disk of its present life.
    pub fn life(&self) -> &Arc<Life> {
        &self.life
    }

    /// The app, while it runs and its disk has power.
    pub fn app(&self) -> Option<Client> {
        self.client.clone().filter(|_| !self.life.disk.is_off())
    }

    /// Whether a sync is under way.
    pub fn is_busy(&self) -> bool {
        self.busy.as_ref().is_some_and(|task| !task.is_finished())
    }

    /// The app starts. A store that must not go on is renewed first, as the app does.
    pub fn open(&mut self) {
        for _ in 0..3 {
            let client = match self.opened() {
                Ok(client) => client,
                Err(error) => {
                    if !self.life.disk.is_off() {
                        let code = error.code();
                        broken(1, format!("the journal of {} does not open again: {code:?}: {error}", self.name()));
                    }
                    return;
                }
            };
            if !matches!(client.health(), StoreHealth::Retired(_)) {
                self.client = Some(client);
                return;
            }
            trace::note(&self.name(), "renews its store", &format!("{:?}", client.health()));
            if let Err(error) = client.session().renew() {
                trace::note(&self.name(), "cannot renew its store", &error.to_string());
                self.client = Some(client);
                return;
            }
        }
    }

    fn opened(&self) -> Result<Client, OpenError> {
        let folder = self.life.disk.root();
        let entropy = Arc::new(SystemEntropy);
        let signer = SoftwareSigner::open(folder.join("keys"), entropy.clone())?;
        let transport = SimLink::new(self.host.clone(), self.number, self.life.clone(), self.book.clone());
        let ports =
            Ports { clock: self.clock.clone(), transport: Arc::new(transport), signer: Arc::new(signer), entropy };
        let device = Device { name: self.name(), system: "Android 14".into(), app: "0.1.0".into() };
        let config = ClientConfig {
            journal_vfs: Some(self.life.disk.vfs().to_owned()),
            files: self.life.disk.files(),
            reserve_bytes: 4_096,
            photo_bytes: 1_024,
            ..ClientConfig::new(folder, "http://server", device)
        };
        let client = Client::blocking_open(config, ports)?;
        self.book.lock().unwrap_or_else(PoisonError::into_inner).moved(self.number, folder.join("journal.db"));
        Ok(client)
    }

    /// The process is gone. The folder stays as it is.
    pub fn close(&mut self) {
        if let Some(task) = self.busy.take() {
            task.abort();
        }
        self.client = None;
    }

    /// Another life begins: on this disk, and with the app running.
    pub fn begin(&mut self, life: Arc<Life>) {
        self.close();
        self.life = life;
        self.open();
    }

    /// What its wall clock shows.
    pub fn wall_ms(&self) -> i64 {
        self.clock.now().wall_ms.0
    }
}
