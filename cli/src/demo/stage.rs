//! Everything that the acts of the story share: server, link, firm, phones, time.

use super::{
    fail::StoryError,
    firm::Firm,
    inputs::Inputs,
    phone::Phone,
    report::{Login, Report},
    schedule::{Job, OPERATORS, Schedule},
    teller::Teller,
    text::Text,
    work::Worked,
    world::World,
};
use crate::proxy::{Link, Proxy};
use firebee_domain::id::{PlanId, PlanItemId};
use firebee_server::Running;
use indicatif::ProgressBar;
use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tempfile::TempDir;

/// The stage.
pub struct Stage<'a> {
    /// Who tells it.
    pub teller: &'a Teller,
    /// Its time.
    pub world: World,
    /// The server.
    pub server: Running,
    /// The server's data folder.
    pub data: PathBuf,
    /// The link between phones and server.
    pub link: Proxy,
    /// The firm.
    pub firm: Firm,
    /// The given files.
    pub inputs: Inputs,
    /// Who works where and when.
    pub schedule: Schedule,
    /// The plan of each site.
    pub plans: Vec<PlanId>,
    /// The items of each job.
    pub items: Vec<Vec<PlanItemId>>,
    /// The plan and the item of the detectors.
    pub detectors: (PlanId, PlanItemId),
    /// Phones live in a folder of their own, never in the server's.
    pub phones: TempDir,
    /// What is known so far.
    pub report: Report,
}

/// The phones of the story.
pub struct Cast {
    /// The operators'.
    pub operators: Vec<Phone>,
    /// The lead's.
    pub lead: Phone,
    /// Those that lost their account.
    pub retired: Vec<Phone>,
}

impl Cast {
    /// The phone of an operator.
    ///
    /// # Errors
    /// There is no such operator.
    pub fn operator(&self, number: usize) -> Result<&Phone, StoryError> {
        self.operators.get(number).ok_or_else(no_phone)
    }

    /// Takes the phone of an operator out of the cast.
    ///
    /// # Errors
    /// There is no such operator.
    pub fn take(&mut self, number: usize) -> Result<Phone, StoryError> {
        if number < self.operators.len() { Ok(self.operators.remove(number)) } else { Err(no_phone()) }
    }

    /// Gives an operator a phone.
    pub fn put(&mut self, number: usize, phone: Phone) {
        self.operators.insert(number.min(self.operators.len()), phone);
    }

    /// All that hold an account, operators first.
    pub fn phones(&self) -> impl Iterator<Item = &Phone> + Clone {
        self.operators.iter().chain([&self.lead])
    }

    /// Facts and blobs that wait on all phones.
    ///
    /// # Errors
    /// A journal cannot be read.
    pub fn unsent(&self) -> Result<(u64, u64), StoryError> {
        self.phones().try_fold((0, 0), |(facts, blobs), phone| {
            let (more, further) = phone.unsent()?;
            Ok((facts + more, blobs + further))
        })
    }
}

fn no_phone() -> StoryError {
    StoryError::new("find a phone", "there is none")
}

impl Stage<'_> {
    /// Opens a phone on the link.
    ///
    /// # Errors
    /// Its folder cannot be used.
    pub fn phone(&self, folder: &str, holder: Text, device: Text) -> Result<Phone, StoryError> {
        let (holder, device) = (self.teller.say(holder), self.teller.say(device));
        Phone::new(&self.world, &self.phones.path().join(folder), self.link.address(), holder, device)
    }

    /// The jobs of one operator with their numbers, in the order of work.
    pub fn jobs_of(&self, operator: usize) -> impl Iterator<Item = (usize, &Job)> {
        self.schedule.jobs.iter().enumerate().filter(move |(_, job)| job.operator == operator)
    }

    /// The account of an operator.
    ///
    /// # Errors
    /// There is no such operator.
    pub fn login(&self, operator: usize) -> Result<&Login, StoryError> {
        self.firm.operators.get(operator % OPERATORS).ok_or_else(|| StoryError::new("find an account", "none"))
    }

    /// The link is there: time is the same for all, and every phone sends and receives until nothing is left.
    ///
    /// # Errors
    /// A phone cannot send, however often it tries.
    pub async fn settle(&self, cast: &Cast) -> Result<(), StoryError> {
        self.world.meet(cast.phones().map(|phone| &*phone.clock));
        // Syncs all phones, so that decisions reach the operators and their facts reach the lead.
        for phone in [&cast.lead].into_iter().chain(cast.phones()) {
            phone.settle().await?;
        }
        Ok(())
    }

    /// As [`Stage::settle`], all phones at once and with bars; the link stays bad until each of its faults happened.
    ///
    /// # Errors
    /// As [`Stage::settle`].
    pub async fn deliver(&self, cast: &Cast) -> Result<(), StoryError> {
        self.world.meet(cast.phones().map(|phone| &*phone.clock));
        let (facts, blobs) = cast.unsent()?;
        let bars = [(Text::DemoBarFacts, facts), (Text::DemoBarBlobs, blobs)].map(|(text, count)| {
            let bar = self.teller.bar(self.teller.say(text), count);
            (bar, count)
        });
        let done = AtomicBool::new(false);
        let deliver = async {
            let delivered = futures_util::future::try_join_all(cast.phones().map(Phone::settle)).await;
            done.store(true, Ordering::SeqCst);
            delivered.map(drop)
        };
        let (delivered, watched) = tokio::join!(deliver, watch(cast, &bars, &done));
        for (bar, _) in bars {
            bar.finish_and_clear();
        }
        delivered.and(watched)
    }

    /// Good from here on, once each fault has happened.
    pub fn mend_link(&self) {
        if self.link.counts().all_happened() {
            self.link.set(Link::Good);
        }
    }

    /// The signal is back, with the faults that have not happened yet.
    pub fn reconnect(&self) {
        self.link.set(if self.link.counts().all_happened() { Link::Good } else { Link::Faulty });
    }

    /// A task was handed in and approved.
    pub fn count_whole_task(&mut self) {
        self.report.tasks.submitted += 1;
        self.report.tasks.approved += 1;
    }

    /// Adds what an operator did to the report.
    pub fn add(&mut self, worked: &Worked) {
        self.report.tasks.submitted += 1;
        self.report.photos.used += worked.photos.len();
        self.report.photos.refused.extend(worked.refused.iter().cloned());
    }
}

async fn watch(cast: &Cast, bars: &[(ProgressBar, u64); 2], done: &AtomicBool) -> Result<(), StoryError> {
    let [(facts_bar, facts), (blobs_bar, blobs)] = bars;
    while !done.load(Ordering::SeqCst) {
        let (more, further) = cast.unsent()?;
        facts_bar.set_position(facts.saturating_sub(more));
        blobs_bar.set_position(blobs.saturating_sub(further));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}
