//! The server's machine: one life after another, each on a disk of its own.

use super::disk::Life;
use crate::{
    book::Book,
    oracle::acknowledged,
    trace::{self, hex},
    verdict::broken,
};
use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use bytes::Bytes;
use firebee_server::{
    clock::Clock,
    config::{Config, PasswordCost},
    router,
    state::{App, open_on},
    store::{SqliteOptions, Store},
};
use http_body_util::BodyExt as _;
use sha2::{Digest, Sha256};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::task::AbortHandle;
use tower::ServiceExt as _;

/// What a server answered, whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

/// The machine, on or off.
pub struct Host {
    clock: Clock,
    book: Arc<Mutex<Book>>,
    running: Mutex<Running>,
}

#[derive(Default)]
struct Running {
    life: Option<Arc<Life>>,
    app: Option<App>,
    router: Option<Router>,
    tasks: Vec<AbortHandle>,
}

impl Host {
    /// A machine that is off.
    pub fn new(clock: Clock, book: Arc<Mutex<Book>>) -> Self {
        Self { clock, book, running: Mutex::default() }
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the server on what lies on this disk.
    pub async fn start(&self, life: Arc<Life>) {
        let options = SqliteOptions { readers: 2, vfs: Some(life.disk.vfs().to_owned()) };
        let data = life.disk.root().to_owned();
        let app = match Store::sqlite_on(&data.join("firebee.db"), &options) {
            Ok(store) => {
                let config = Config { password_cost: PasswordCost::LEAST, ..Config::in_folder(&data) };
                open_on(store, life.disk.uploads(), config, self.clock.clone()).await.map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        };
        match app {
            Ok(app) => {
                let router = Some(router(app.clone()));
                *self.running() = Running { life: Some(life), app: Some(app), router, tasks: Vec::new() };
            }
            Err(error) if life.disk.is_off() => trace::note("server", "died at its start", &error),
            Err(error) => broken(3, format!("the server does not start again: {error}")),
        }
    }

    /// Whether it has power.
    pub fn is_on(&self) -> bool {
        self.running().life.as_ref().is_some_and(|life| !life.disk.is_off())
    }

    /// The disk of the present life.
    pub fn life(&self) -> Option<Arc<Life>> {
        self.running().life.clone()
    }

    /// What its office runs on.
    pub fn app(&self) -> Option<App> {
        let running = self.running();
        let is_on = running.life.as_ref().is_some_and(|life| !life.disk.is_off());
        running.app.clone().filter(|_| is_on)
    }

    /// The process is gone, and everything that it was doing.
    pub fn stop(&self) {
        let running = std::mem::take(&mut *self.running());
        if let Some(life) = &running.life {
            life.disk.power_off();
        }
        running.tasks.iter().for_each(AbortHandle::abort);
    }

    /// Where its database is.
    pub fn database(&self) -> Option<std::path::PathBuf> {
        self.life().map(|life| life.disk.root().join("firebee.db"))
    }

    /// Answers a request; `None` when the machine is off, or goes off meanwhile. `about` is the body that came whole.
    pub async fn answer(self: &Arc<Self>, mut request: Request<Body>, about: Bytes) -> Option<Answer> {
        let (router, life) = {
            let running = self.running();
            (running.router.clone()?, running.life.clone()?)
        };
        if life.disk.is_off() {
            return None;
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 1, 1, 1], 1))));
        let (host, line) = (self.clone(), format!("{} {}", request.method(), request.uri().path()));
        let is_push = line == "POST /v1/push";
        let task = tokio::spawn(async move {
            let before = is_push.then(|| acknowledged::before(life.disk.root(), &about)).flatten();
            let response = router.oneshot(request).await.ok()?;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.ok()?.to_bytes();
            if life.disk.is_off() {
                return None;
            }
            let headers = parts.headers.iter().map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            });
            let answer = Answer { status: parts.status.as_u16(), headers: headers.collect(), body };
            trace::note("server", &line, &format!("{} {}", answer.status, hex(&Sha256::digest(&answer.body))));
            if let Some(before) = before {
                acknowledged::after(&host.book, &life, &before, &answer);
            }
            Some(answer)
        });
        self.running().tasks.push(task.abort_handle());
        task.await.ok().flatten()
    }
}
