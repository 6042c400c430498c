//! Goal 14: every list of the console is there at once for a firm of 2,000 projects and 60,000 tasks, on either engine.

use crate::harness::{Bench, Goal, rounds::ms};
use axum::http::StatusCode;
use firebee_tests::{
    browse::Browser,
    firm::{postgres, sqlite},
    office::Office,
    province::{Size, grow},
};
use tokio::runtime::Runtime;

/// All of one firm: the worst that a page can meet.
const SIZE: Size = Size { firms: 1, projects: 2_000, tasks: 60_000 };

/// Each page is read so often; the median counts, and the slowest is told.
const READS: usize = 11;

/// The server's time for a page.
const PAGE_MS: f64 = 100.0;

/// What is read, and by what name it is kept.
const PAGES: [(&str, &str); 8] = [
    ("home", "/"),
    ("projects", "/projects"),
    ("projects-found", "/projects?q=zydsw00"),
    ("tasks", "/tasks"),
    ("tasks-in-a-state", "/tasks?state=pending_review"),
    ("tasks-found", "/tasks?q=0599"),
    ("tasks-by-name", "/tasks?sort=name"),
    ("faults", "/faults"),
];

/// The same pages on both engines, as a manager and as a lead reads them.
pub fn run(bench: &mut Bench) {
    let threads = Runtime::new().expect("threads start");
    for engine in ["sqlite", "postgres"] {
        let office = threads.block_on(async {
            let database = if engine == "sqlite" { sqlite().await } else { postgres().await };
            let office = Office::on(database).await;
            grow(&office, SIZE).await;
            office
        });
        for login in ["wang", "li"] {
            let browser = threads.block_on(Browser::of(&office, login));
            for (name, path) in PAGES {
                let read = || {
                    let page = threads.block_on(browser.get(path));
                    assert_eq!(page.status, StatusCode::OK, "{path}");
                };
                read();
                let mut took: Vec<f64> = (0..READS).map(|_| ms(read)).collect();
                took.sort_by(f64::total_cmp);
                let kept = format!("list-{engine}-{login}-{name}");
                bench.keep(&kept, "ms", took[READS / 2], Goal::AtMost(PAGE_MS), READS);
                bench.tell(&format!("{kept}-slowest"), "ms", took[READS - 1], READS);
            }
        }
    }
}
