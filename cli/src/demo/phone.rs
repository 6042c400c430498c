//! A real phone: the client's core with its own folder, keys and clock, on the link that fails.

use super::{
    fail::StoryError,
    report::Login,
    world::{PhoneClock, World},
};
use firebee_client::{
    Client, ClientConfig,
    http::{HttpConfig, HttpTransport},
    journal::StoreHealth,
    ports::{Entropy as _, Ports, SoftwareSigner, SystemEntropy},
    session::SignInError,
};
use firebee_protocol::session::Device;
use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

/// After this long without an end, something is wrong with more than the link.
const PATIENCE: Duration = Duration::from_secs(180);

/// One phone.
pub struct Phone {
    /// Its holder's name.
    pub holder: String,
    /// What it is called.
    pub device: String,
    /// Its core.
    pub client: Client,
    /// Its clock.
    pub clock: Arc<PhoneClock>,
    folder: PathBuf,
}

impl Phone {
    /// A fresh phone that reaches the server at `link`, with everything in a folder of its own.
    ///
    /// # Errors
    /// The folder cannot be used.
    pub fn new(
        world: &World,
        folder: &Path,
        link: SocketAddr,
        holder: String,
        device: String,
    ) -> Result<Self, StoryError> {
        let mut boot = [0; 16];
        SystemEntropy.fill(&mut boot).map_err(StoryError::at("open a phone"))?;
        let clock = world.phone_clock(uuid::Builder::from_random_bytes(boot).into_uuid());
        let url = format!("http://{link}");
        let transport = HttpTransport::new(&HttpConfig::to(&url)).map_err(StoryError::at("open a phone"))?;
        let entropy = Arc::new(SystemEntropy);
        let signer =
            SoftwareSigner::open(folder.join("keys"), entropy.clone()).map_err(StoryError::at("open a phone"))?;
        let ports = Ports { clock: clock.clone(), transport: Arc::new(transport), signer: Arc::new(signer), entropy };
        let config = ClientConfig::new(folder, url, device_of(&device));
        let client = Client::blocking_open(config, ports).map_err(StoryError::at("open a phone"))?;
        Ok(Self { holder, device, client, clock, folder: folder.to_owned() })
    }

    /// Where its journal and its blobs are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Signs in.
    ///
    /// # Errors
    /// As the client says; R-034 among them.
    pub async fn sign_in(&self, login: &Login) -> Result<(), SignInError> {
        self.client.session().sign_in(&login.login, &login.password).await.map(drop)
    }

    /// Sends and receives until nothing is left to send and the last round went well.
    ///
    /// # Errors
    /// The stores cannot be read, or it takes longer than any link excuses.
    pub async fn settle(&self) -> Result<(), StoryError> {
        let began = Instant::now();
        loop {
            let ended = self.client.sync().now().await;
            if ended.is_ok() && self.unsent()? == (0, 0) {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                let reason = ended.err().map_or_else(|| "something stays unsent".to_owned(), |error| error.to_string());
                return Err(StoryError::new("send everything", reason));
            }
            // The lanes clear their back-off for this round; a breath keeps a refusing link from being hammered.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Sends what it has although its account is elsewhere, until nothing is left.
    ///
    /// # Errors
    /// The stores cannot be read, the phone does not learn of its loss, or it takes longer than any link excuses.
    pub async fn send_late(&self) -> Result<(), StoryError> {
        let began = Instant::now();
        let is_told = || -> Result<bool, StoryError> {
            let shown = self.client.screens().sync().map_err(StoryError::at("look at the lost phone"))?;
            Ok(shown.lost.is_some())
        };
        while self.unsent()? != (0, 0) || !is_told()? {
            // Each round ends in the news that the account is elsewhere.
            let ended = self.client.sync().now().await;
            if began.elapsed() > PATIENCE {
                return Err(StoryError::new("send late", format!("{ended:?}")));
            }
        }
        Ok(())
    }

    /// Learns from the server that its journal is an old one, and lets a new store take over.
    ///
    /// # Errors
    /// The journal cannot be written, or nothing tells that it is old.
    pub async fn renew(&self) -> Result<(), StoryError> {
        let began = Instant::now();
        while !matches!(self.client.health(), StoreHealth::Retired(_)) {
            let ended = self.client.sync().now().await;
            if began.elapsed() > PATIENCE {
                return Err(StoryError::new("notice an old journal", format!("{ended:?}")));
            }
        }
        self.client.session().renew().map(drop).map_err(StoryError::at("renew the store"))
    }

    /// The phone restarts; `meanwhile` happens to its folder.
    ///
    /// # Errors
    /// The folder cannot be used.
    pub async fn restarted(
        self,
        world: &World,
        link: SocketAddr,
        meanwhile: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<Self, StoryError> {
        self.client.suspend().await.map_err(StoryError::at("close a phone"))?;
        let Self { holder, device, folder, client, .. } = self;
        drop(client);
        meanwhile(&folder).map_err(StoryError::at("reset a phone"))?;
        Self::new(world, &folder, link, holder, device)
    }

    /// Facts and blobs that the server does not have for certain.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn unsent(&self) -> Result<(u64, u64), StoryError> {
        let unsent = self.client.session().unsent().map_err(StoryError::at("count what is unsent"))?;
        Ok((unsent.facts, unsent.blobs))
    }
}

fn device_of(name: &str) -> Device {
    Device { name: name.to_owned(), system: std::env::consts::OS.to_owned(), app: env!("CARGO_PKG_VERSION").to_owned() }
}
