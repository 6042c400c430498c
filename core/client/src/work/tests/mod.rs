//! Use cases on real stores, with a phone whose clock, network, keys and random bytes are fakes.

pub(crate) mod dispatch;
mod lead;
mod moving;
mod notes;
mod operator;
pub(crate) mod outside_plan;
mod practice;
mod requests;
mod results;
mod retired;
pub(crate) mod story;
mod tracks;

use super::{
    evidence::{PhotoSource, TakePhoto},
    task::{DescribeTask, RecordResult, StartTask},
};
use crate::{
    Client, ClientConfig,
    fakes::{FakeOffice, ITEM_IDS, OPERATOR, PLAN, plan_item},
    ports::{fakes, fakes::FakeClock},
};
use firebee_domain::{
    catalogue::FieldValue,
    evidence::PhotoRole,
    id::{AccountId, FactId, TaskId},
    result::{FaultText, Verdict},
};
use firebee_protocol::session::Device;
use std::{path::Path, sync::Arc};

/// 2026-07-10T09:00:00+08:00
pub(crate) const WALL_MS: i64 = 1_783_645_200_000;

pub(crate) struct Phone {
    pub(crate) home: tempfile::TempDir,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) client: Client,
    seed: u64,
}

pub(crate) fn open(home: &Path, clock: &Arc<FakeClock>, seed: u64) -> Client {
    let device = Device { name: "test".into(), system: "linux".into(), app: "0".into() };
    let mut config = ClientConfig::new(home, "http://127.0.0.1", device);
    config.reserve_bytes = 4_096;
    Client::blocking_open(config, fakes::ports(home, clock.clone(), seed).unwrap()).unwrap()
}

impl Phone {
    /// A phone that has signed in and pulled once.
    pub(crate) fn of(office: &FakeOffice, account: AccountId) -> Self {
        let phone = Self::new(u64::from(account.0.as_u128() as u32));
        office.sign_in(&phone.client, account).unwrap();
        office.deliver(&phone.client).unwrap();
        phone
    }

    pub(crate) fn new(seed: u64) -> Self {
        let home = tempfile::tempdir().unwrap();
        let clock = Arc::new(FakeClock::at(WALL_MS));
        let client = open(home.path(), &clock, seed);
        Self { home, clock, client, seed }
    }

    /// The app ends and is started again.
    pub(crate) fn restart(self) -> Self {
        let Self { home, clock, client, seed } = self;
        drop(client);
        let client = open(home.path(), &clock, seed + 1_000);
        Self { home, clock, client, seed: seed + 1_000 }
    }

    pub(crate) fn start(&self, item_ids: &[&str]) -> TaskId {
        let items = item_ids.iter().map(|id| plan_item(id)).collect();
        self.client.tasks().start(&StartTask { plan: PLAN, items, location_allowed: true }).unwrap()
    }

    pub(crate) fn photo(&self, task: TaskId, role: PhotoRole, item_id: Option<&str>) -> FactId {
        let taken = self.client.evidence().take_photo(&photo(task, role, item_id));
        taken.unwrap()
    }

    /// Everything that a submission needs, all items conforming.
    pub(crate) fn do_all(&self, task: TaskId) {
        for item_id in ITEM_IDS {
            self.client.tasks().record_result(&good(task, item_id)).unwrap();
        }
        self.prove(task);
    }

    /// What every submission needs beside its answers: selfie, no controller, a photo of the site.
    pub(crate) fn prove(&self, task: TaskId) {
        self.describe(task);
        self.photo(task, PhotoRole::Selfie, None);
        self.photo(task, PhotoRole::Evidence, None);
    }

    pub(crate) fn describe(&self, task: TaskId) {
        let description = DescribeTask { task, controller_brand: None, helpers: vec![], instruments: vec![] };
        self.client.tasks().describe(&description).unwrap();
    }

    pub(crate) fn state(&self, task: TaskId) -> firebee_domain::task::TaskState {
        self.client.tasks().get(task).unwrap().task.state
    }
}

/// An operator's phone and its office.
pub(crate) fn operator() -> (Phone, FakeOffice) {
    let office = FakeOffice::default();
    (Phone::of(&office, OPERATOR), office)
}

pub(crate) fn answer(task: TaskId, item_id: &str, verdict: Verdict, values: &[(&str, &str)]) -> RecordResult {
    RecordResult {
        task,
        item: plan_item(item_id),
        ordinal: 1,
        position: None,
        variant: None,
        values: values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect(),
        verdict,
        override_reason: None,
        untestable_reason: None,
        untestable_code: None,
        fault: None,
        photos: vec![],
        instrument: None,
    }
}

pub(crate) fn good(task: TaskId, item_id: &str) -> RecordResult {
    let values: &[(&str, &str)] = match item_id {
        "power-genset.a" => &[("mode", "auto"), ("elapsed", "30")],
        "power-genset.b" => &[("hours", "3"), ("level", "normal"), ("grade", "correct")],
        _ => &[("value", "transfers")],
    };
    answer(task, item_id, Verdict::Conform, values)
}

/// The generator took 50 s in automatic mode.
pub(crate) fn bad(task: TaskId, text: &str) -> RecordResult {
    let mut result = answer(task, "power-genset.a", Verdict::Nonconform, &[("mode", "auto"), ("elapsed", "50")]);
    result.fault = Some(FaultText { part: None, defect: None, text: text.into() });
    result
}

pub(crate) fn photo(task: TaskId, role: PhotoRole, item_id: Option<&str>) -> TakePhoto {
    TakePhoto { task, role, item: item_id.map(plan_item), ordinal: None, source: PhotoSource::Bytes(png()) }
}

/// A picture larger than its thumbnail.
pub(crate) fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([(x / 2) as u8, (y / 2) as u8, 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
