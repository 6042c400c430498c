//! Everything that a run is played on: a server, a firm, its phones.

pub mod disk;
pub mod host;
pub mod link;
pub mod office;
pub mod phone;
pub mod time;

use crate::{book::Book, tape::draw, trace, verdict::broken};
use disk::{End, Life};
use firebee_server::clock::Clock;
use firebee_tests::{clock::RunningClock, firm::MORNING};
use host::Host;
use office::Office;
use phone::Phone;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The world of a run.
pub struct World {
    /// The server's machine.
    pub host: Arc<Host>,
    /// The firm.
    pub office: Office,
    /// The phones.
    pub phones: Vec<Phone>,
    /// The server's clock.
    pub clock: Clock,
    /// Pictures taken so far.
    pub pictures: u32,
    book: Arc<Mutex<Book>>,
}

impl World {
    /// A server with its firm, and phones on which nobody has signed in, under `home`; `None` when that fails, which is
    /// noted.
    pub async fn made(home: &Path) -> Option<Self> {
        let clock = Clock::running_from(MORNING);
        let book = Arc::new(Mutex::new(Book::default()));
        let host = Arc::new(Host::new(clock.clone(), book.clone()));
        host.start(Life::first(&home.join("server"), &["keys", "mark"], &now_of(&clock)).ok()?).await;
        let Some(office) = Office::found(&host.app()?).await else {
            broken(0, "the firm is not founded");
            return None;
        };
        let mut world = Self { host, office, phones: Vec::new(), clock, pictures: 0, book };
        // Two or three operators and the lead; one to four phones for the first, one or two for the others.
        for owner in 0..office::LOGINS.len() {
            let phones = match owner {
                0 => 1 + draw("phones", 4),
                1 => 1 + draw("phones", 2),
                2 => draw("phones", 2),
                _ => 1,
            };
            for _ in 0..phones {
                world.add_phone(home, owner);
            }
        }
        Some(world)
    }

    fn add_phone(&mut self, home: &Path, owner: usize) {
        let number = self.phones.len();
        let clock = Arc::new(RunningClock::at(self.clock.now().0));
        match Life::first(&phone_home(home, number), &["keys"], &now_of(&self.clock)) {
            Ok(life) => {
                let phone = Phone::new(number, owner, life, clock, self.host.clone(), self.book.clone());
                self.phones.push(phone);
            }
            Err(error) => broken(0, format!("no folder for a phone: {error}")),
        }
    }

    /// Each operator has a third of the month, on a phone that has heard of it; the lead is signed in. Nothing fails so far.
    pub async fn hand_out(&self) {
        let Some(app) = self.host.app() else { return };
        for (items, login) in self.office.items.chunks(self.office.items.len().div_ceil(3).max(1)).zip(office::LOGINS) {
            let taken = self.office.issue(&app, items.to_vec(), login).await;
            trace::say(&format!("the lead issues {} items to {login}: {taken}", items.len()));
        }
        for (owner, login) in office::LOGINS.into_iter().enumerate() {
            let Some(phone) = self.phones.iter().find(|phone| phone.owner == owner) else { continue };
            let Some(client) = phone.app() else { continue };
            let heard =
                client.session().sign_in(login, office::PASSWORD).await.is_ok() && client.sync().now().await.is_ok();
            trace::say(&format!("{} is signed in: {heard}", phone.name()));
        }
    }

    /// What the interfaces promised so far.
    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Time passes.
    pub async fn pass(&self, ms: u64) {
        time::pass(ms).await;
    }

    /// The server's machine ends, and starts again on what is left.
    pub async fn restart_server(&mut self, end: End) {
        let Some(life) = self.host.life() else { return };
        let next = life.next(end, &now_of(&self.clock), |_| ());
        self.host.stop();
        // What the old process still had in hand runs into its dead disk.
        self.pass(1).await;
        for attempt in 0_u32..3 {
            match &next {
                Ok(next) => self.host.start(next.clone()).await,
                Err(error) => broken(0, format!("no folder for the server: {error}")),
            }
            if self.host.is_on() {
                return;
            }
            trace::note("server", "starts once more", &attempt.to_string());
        }
    }

    /// A phone ends, and starts again on what is left.
    pub fn restart_phone(&mut self, number: usize, end: End) {
        self.restart_phone_after(number, end, |_| ());
    }

    /// As [`World::restart_phone`], after somebody did something to its files.
    pub fn restart_phone_after(&mut self, number: usize, end: End, meanwhile: impl FnOnce(&Path)) {
        let now = now_of(&self.clock);
        let Some(phone) = self.phones.get_mut(number) else { return };
        match phone.life().next(end, &now, meanwhile) {
            Ok(life) => {
                if end != End::Killed {
                    phone.clock.set().restart();
                }
                phone.begin(life);
            }
            Err(error) => broken(0, format!("no folder for a phone: {error}")),
        }
    }

    /// What has lost its power starts again.
    pub async fn power_on(&mut self) {
        if !self.host.is_on() {
            trace::say("the server's power is back");
            self.restart_server(End::drawn()).await;
        }
        for number in 0..self.phones.len() {
            let off = self.phones.get(number).is_some_and(|phone| phone.life().disk.is_off() || phone.client.is_none());
            if off {
                trace::say(&format!("the power of phone {number} is back"));
                self.restart_phone(number, End::drawn());
            }
        }
    }
}

/// Where the lives of a phone are.
fn phone_home(home: &Path, number: usize) -> PathBuf {
    home.join(format!("phone-{number}"))
}

/// The server's clock, for SQLite.
fn now_of(clock: &Clock) -> impl Fn() -> i64 + Clone + Send + Sync + 'static {
    let clock = clock.clone();
    move || clock.now().0
}
