//! Goal 11: after a year of work every screen of the phone is there at once.

use crate::{
    harness::{Bench, Goal, Rounds, cost::Meter, rounds::ms},
    ours::{
        estate::{self, PLAN_ITEMS},
        phone::Phone,
        server::Server,
    },
};
use firebee_client::screen::{DispatchQuery, Instance, IssuedQuery, ProjectQuery, Purpose, TaskQuery};
use firebee_domain::{evidence::PhotoRole, geofence::Datum, id::TaskId, task::TaskState};

/// Items that were issued.
const ITEMS: usize = 50_000;
/// Facts of tasks: their starts and their answers.
const FACTS: usize = 10_000;
/// Facts of one task.
const TASK_FACTS: usize = 50;
/// Photos of each task, 3,000 in all.
const TASK_PHOTOS: usize = 15;
/// Each screen is read so often, and opened so often.
const READS: usize = 500;
const OPENINGS: usize = 15;
/// The slowest of a hundred readings.
const SCREEN_MS: f64 = 5.0;
const OPEN_MS: f64 = 50.0;
/// The slowest of a hundred readings of the screens beside a day's work.
const OTHER_MS: f64 = 16.0;
/// From a closed store to the first screen.
const FIRST_MS: f64 = 300.0;

/// A phone that has worked for a year, and its tasks.
fn worked(phone: &mut Phone) -> Vec<TaskId> {
    let mut tasks = Vec::new();
    for task in 0..FACTS / TASK_FACTS {
        phone.record(TASK_FACTS);
        for photo in 0..TASK_PHOTOS {
            phone.announce(format!("photo {photo} of task {task}").as_bytes());
        }
        tasks.push(phone.task());
    }
    phone.sync();
    tasks
}

/// Each screen, read of one task after the other, a page of what is issued, and opening both stores.
pub fn run(bench: &mut Bench) {
    let folder = bench.folder();
    let server = Server::start(folder.path(), 1, ITEMS / PLAN_ITEMS);
    let meter = Meter::direct(server.process());
    let mut phone = Phone::sign_in(folder.path(), server.url(), 1, meter);
    let tasks = worked(&mut phone);
    phone.check_all_counted();
    let mut rounds = Rounds::default();
    for _ in 0..OPENINGS {
        let (opened, took) = phone.reopen();
        phone = opened;
        rounds.keep("open", took);
        let first = ms(|| phone.client.screens().today().expect("today is read"));
        rounds.keep("first", took + first);
    }
    for (nth, task) in (0..READS).zip(tasks.iter().copied().cycle()) {
        read(&phone, nth, task, &mut rounds);
    }
    bench.keep("year-open", "ms", rounds.median("open"), Goal::AtMost(OPEN_MS), OPENINGS);
    bench.keep("year-first-today", "ms", rounds.percentile("first", 0.99), Goal::AtMost(FIRST_MS), OPENINGS);
    for screen in ["me", "quiet", "projects", "supplementary", "moving", "track", "dispatches", "narrowed"] {
        let slowest = rounds.percentile(screen, 0.99);
        bench.keep(&format!("year-{screen}-p99"), "ms", slowest, Goal::AtMost(OTHER_MS), READS);
    }
    for screen in ["today", "project", "issued", "task", "item", "camera", "search", "sync"] {
        bench.tell(&format!("year-{screen}-median"), "ms", rounds.median(screen), READS);
        let slowest = rounds.percentile(screen, 0.99);
        bench.keep(&format!("year-{screen}-p99"), "ms", slowest, Goal::AtMost(SCREEN_MS), READS);
    }
}

fn read(phone: &Phone, nth: usize, task: TaskId, rounds: &mut Rounds) {
    let screens = phone.client.screens();
    let in_plan = nth * TASK_FACTS % PLAN_ITEMS;
    let plan = nth * TASK_FACTS / PLAN_ITEMS % (FACTS / PLAN_ITEMS);
    let (item, _) = estate::item(1, plan, in_plan);
    let instance = Instance { item, ordinal: 1 };
    let query = TaskQuery { text: format!("_{}", nth % 10), limit: 50, ..TaskQuery::default() };
    rounds.keep("today", ms(|| screens.today().expect("today is read")));
    rounds.keep("project", ms(|| screens.project(estate::project(), Datum::Wgs84).expect("the project is read")));
    let behind = IssuedQuery { plan: Some(estate::plan(1, plan)), after: Some(item), ..IssuedQuery::default() };
    rounds.keep("issued", ms(|| screens.issued(&behind).expect("a page of a plan is read")));
    rounds.keep("task", ms(|| screens.task(task).expect("the task is read")));
    rounds.keep("item", ms(|| screens.item(task, instance).expect("the item is read")));
    let purpose = Purpose { role: PhotoRole::Paper, instance: None };
    rounds.keep("camera", ms(|| screens.camera(task, purpose).expect("the camera is read")));
    rounds.keep("search", ms(|| screens.search(&query).expect("tasks are found")));
    rounds.keep("sync", ms(|| screens.sync().expect("the sync centre is read")));
    rounds.keep("me", ms(|| screens.me().expect("the account is read")));
    rounds.keep("quiet", ms(|| screens.quiet().expect("the status line is read")));
    rounds.keep("projects", ms(|| screens.projects(&ProjectQuery::default()).expect("the projects are read")));
    let words = "消火栓";
    rounds.keep("supplementary", ms(|| screens.supplementary(estate::project(), words).expect("items are found")));
    rounds.keep("moving", ms(|| screens.moving(task, instance).expect("the places are read")));
    rounds.keep("track", ms(|| screens.track().expect("the track is read")));
    let dispatches = DispatchQuery { led: true, ..DispatchQuery::default() };
    rounds.keep("dispatches", ms(|| screens.find_dispatches(&dispatches).expect("dispatches are found")));
    let narrowed = TaskQuery { states: vec![TaskState::Executing], ..TaskQuery::default() };
    rounds.keep("narrowed", ms(|| screens.search(&narrowed).expect("tasks are found")));
}
