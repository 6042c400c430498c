//! An operator's day without signal: a task is started, walked, answered, photographed and handed in.

use super::{
    answers::{Wanted, answers},
    fail::StoryError,
    inputs::{Given, GivenWalk, Refused},
    on_site,
    phone::Phone,
    record::record,
    schedule::{Job, walked_ms},
    teller::Teller,
    text::Text,
};
use firebee_client::{
    ports::Clock as _,
    work::{
        evidence::{PhotoSource, TakePhoto, TakePhotoError},
        task::{ItemForm, StartTask},
        track::StartTrack,
    },
};
use firebee_domain::{
    evidence::PhotoRole,
    id::{PlanId, PlanItemId, TaskId},
    time::Timestamp,
    track::{Fix, Provider},
};
use firebee_protocol::catalogue::Pack;
use indicatif::ProgressBar;
use std::{collections::BTreeSet, path::Path};

/// A file has no accuracy; a usual receiver under the open sky has this one.
const ACCURACY_M: u8 = 10;
/// One of the project's own pictures stands in where there is none.
pub const STAND_IN: &[u8] = include_bytes!("../../../tests/fixtures/photos/portrait_6.jpg");

/// What an operator is to do in one task.
pub struct Orders<'a> {
    /// When, how long, and which walks.
    pub job: &'a Job,
    /// The plan.
    pub plan: PlanId,
    /// The items.
    pub items: Vec<PlanItemId>,
    /// Files that may be pictures of this task.
    pub photos: Vec<Given>,
    /// All files that may be pictures, for a task that got none.
    pub any_photos: &'a [Given],
    /// All walks.
    pub walks: &'a [GivenWalk],
    /// How many items do not conform.
    pub nonconform: usize,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Worked {
    /// The task.
    pub task: Option<TaskId>,
    /// Results recorded.
    pub results: usize,
    /// Of those, not conforming.
    pub nonconform: usize,
    /// The given files that became evidence.
    pub photos: BTreeSet<String>,
    /// The given files that could not.
    pub refused: Vec<Refused>,
    /// Whether a picture of the project had to stand in.
    pub stand_in: bool,
}

/// What happens on site, in the order of time.
enum Event {
    Walk,
    Fix(Fix),
    Rest,
    Item(usize),
}

/// Works through one task. Nothing of it needs the link.
///
/// # Errors
/// The phone refuses a step that it must not refuse.
pub fn work(phone: &Phone, orders: &Orders<'_>, teller: &Teller, bar: &ProgressBar) -> Result<Worked, StoryError> {
    phone.clock.pass_until(orders.job.start);
    let begun = phone.clock.now();
    let start = StartTask { plan: orders.plan, items: orders.items.clone(), location_allowed: true };
    let task = phone.client.tasks().start(&start).map_err(StoryError::at("start a task"))?;
    let mut site = Site { phone, orders, teller, task, worked: Worked { task: Some(task), ..Worked::default() } };
    site.arrive()?;
    let nonconform = site.choose_nonconform()?;
    for (offset_ms, event) in events(orders, begun.boot_ms) {
        phone.clock.pass_until(begun.wall_ms.plus_ms(offset_ms));
        site.live(event, &nonconform)?;
        bar.inc(1);
    }
    site.finish(begun.wall_ms.plus_ms(orders.job.length_ms))?;
    Ok(site.worked)
}

/// How many events a task has, for a bar.
pub fn steps(orders: &Orders<'_>) -> u64 {
    events(orders, 0).len() as u64
}

/// Walks one after the other from the task's start, the items spread over the whole time.
fn events(orders: &Orders<'_>, boot_ms: i64) -> Vec<(i64, Event)> {
    let mut events = Vec::new();
    let mut from_ms = 0;
    for walk in orders.job.walks.iter().filter_map(|number| orders.walks.get(*number)) {
        let Some(first) = walk.walk.points.first() else { continue };
        events.push((from_ms, Event::Walk));
        let mut last_ms = from_ms;
        for point in &walk.walk.points {
            last_ms = from_ms + point.at.ms_since(first.at);
            let fix = Fix {
                boot_ms: boot_ms + last_ms,
                lat_e6: point.lat_e6,
                lon_e6: point.lon_e6,
                accuracy_m: ACCURACY_M,
                provider: Provider::Gnss,
                mock: false,
            };
            events.push((last_ms, Event::Fix(fix)));
        }
        events.push((last_ms, Event::Rest));
        from_ms += walked_ms(&walk.walk);
    }
    let count = orders.items.len() as i64;
    for (number, at) in (0..orders.items.len()).zip(1..) {
        events.push((orders.job.length_ms / (count + 1) * at, Event::Item(number)));
    }
    // Stable: what was pushed first comes first at the same instant.
    events.sort_by_key(|(offset_ms, _)| *offset_ms);
    events
}

struct Site<'a> {
    phone: &'a Phone,
    orders: &'a Orders<'a>,
    teller: &'a Teller,
    task: TaskId,
    worked: Worked,
}

impl Site<'_> {
    fn arrive(&mut self) -> Result<(), StoryError> {
        let (phone, task, teller) = (self.phone, self.task, self.teller);
        on_site::arrive(phone, task, teller, &mut |role| self.own_picture(role, None))
    }

    /// The first items whose form can say that something is wrong.
    fn choose_nonconform(&self) -> Result<BTreeSet<usize>, StoryError> {
        let mut chosen = BTreeSet::new();
        for (number, item) in self.orders.items.iter().enumerate() {
            if chosen.len() < self.orders.nonconform && self.answer(*item, Wanted::Bad)?.is_some() {
                chosen.insert(number);
            }
        }
        Ok(chosen)
    }

    fn form(&self, item: PlanItemId) -> Result<ItemForm, StoryError> {
        self.phone.client.tasks().form(self.task, item).map_err(StoryError::at("show a form"))
    }

    fn answer(&self, item: PlanItemId, wanted: Wanted) -> Result<Option<super::answers::Answers>, StoryError> {
        let words = self.teller.say(Text::DemoWords);
        Ok(answers(&Pack::embedded().catalogue, &self.form(item)?.item, wanted, &words))
    }

    fn live(&mut self, event: Event, nonconform: &BTreeSet<usize>) -> Result<(), StoryError> {
        let tracks = self.phone.client.tracks();
        match event {
            Event::Walk => {
                let start = StartTrack { task: self.task, replayed: true };
                tracks.start(start).map_err(StoryError::at("start a track"))
            }
            Event::Fix(fix) => tracks.append(&[fix]).map(drop).map_err(StoryError::at("keep a fix")),
            Event::Rest => tracks.stop().map_err(StoryError::at("stop a track")),
            Event::Item(number) => {
                let Some(item) = self.orders.items.get(number).copied() else { return Ok(()) };
                let wanted = if nonconform.contains(&number) { Wanted::Bad } else { Wanted::Good };
                record(self.phone, self.teller, self.task, item, number, wanted)?;
                self.worked.results += 1;
                self.worked.nonconform += usize::from(wanted == Wanted::Bad);
                self.photograph(number, item, nonconform)
            }
        }
    }

    /// The files are spread over the items, those that do not conform first.
    fn photograph(&mut self, number: usize, item: PlanItemId, first: &BTreeSet<usize>) -> Result<(), StoryError> {
        let count = self.orders.items.len();
        let others = (0..count).filter(|other| !first.contains(other));
        let place = first.iter().copied().chain(others).position(|other| other == number).unwrap_or(0);
        let mut taken = 0;
        for photo in self.orders.photos.iter().skip(place).step_by(count.max(1)) {
            match self.take(&photo.path, PhotoRole::Evidence, Some(item)) {
                Ok(()) => {
                    taken += 1;
                    self.worked.photos.insert(photo.file.clone());
                }
                Err(TakePhotoError::Intake(error)) => {
                    self.worked.refused.push(Refused { file: photo.file.clone(), code: error.code() });
                }
                Err(error) => return Err(StoryError::at("take a photo")(error)),
            }
        }
        // what does not conform is shown.
        if taken == 0 && first.contains(&number) { self.own_picture(PhotoRole::Evidence, Some(item)) } else { Ok(()) }
    }

    /// A picture that the task needs: the first that can be used, or one of the project's.
    fn own_picture(&mut self, role: PhotoRole, item: Option<PlanItemId>) -> Result<(), StoryError> {
        for photo in self.orders.photos.iter().chain(self.orders.any_photos) {
            match self.take(&photo.path, role, item) {
                Ok(()) => return Ok(()),
                Err(TakePhotoError::Intake(_)) => {}
                Err(error) => return Err(StoryError::at("take a photo")(error)),
            }
        }
        self.worked.stand_in = true;
        let source = PhotoSource::Bytes(STAND_IN.to_vec());
        let photo = TakePhoto { task: self.task, role, item, ordinal: None, source };
        self.phone.client.evidence().take_photo(&photo).map(drop).map_err(StoryError::at("take a photo"))
    }

    fn take(&self, path: &Path, role: PhotoRole, item: Option<PlanItemId>) -> Result<(), TakePhotoError> {
        let source = PhotoSource::File(path.to_owned());
        let photo = TakePhoto { task: self.task, role, item, ordinal: None, source };
        self.phone.client.evidence().take_photo(&photo).map(drop)
    }

    fn finish(&mut self, end: Timestamp) -> Result<(), StoryError> {
        self.phone.clock.pass_until(end);
        let (phone, task, teller) = (self.phone, self.task, self.teller);
        on_site::restore(phone, task, teller, &mut |role| self.own_picture(role, None))?;
        on_site::hand_in(phone, task)
    }
}
