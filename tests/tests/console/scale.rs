//! What the pages of lists read of a province: no statement goes through a whole great table, on either engine.
//!
//! PostgreSQL writes down how it ran each statement; SQLite is asked how it would run the same ones.

use firebee_server::store::{Store, migrate::migrate, schema};
use firebee_tests::{
    browse::Browser,
    firm::sqlite,
    office::Office,
    postgres::schema as fresh_schema,
    province::{Size, grow},
};
use rusqlite::Connection;
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::PathBuf};
use tokio_postgres::config::Host;

/// Tables that have a row for each project, task or fault.
const GREAT: [&str; 4] = ["project", "task", "fault", "plan_item"];

/// Twenty firms, of which each page reads one.
const SIZE: Size = Size { firms: 20, projects: 400, tasks: 6_000 };

const PAGES: [&str; 13] = [
    "/",
    "/projects",
    "/projects?q=dasha",
    "/tasks",
    "/tasks?state=pending_review",
    "/tasks?q=1116",
    "/tasks?sort=name",
    "/faults",
    "/faults?state=pending",
    "/plans",
    "/dispatches",
    "/reports",
    "/parked",
];

/// Settings of a session that writes down the plan of every statement.
const EXPLAINS: &str = " -csession_preload_libraries=auto_explain -cauto_explain.log_min_duration=0 \
                        -cauto_explain.log_format=json";

/// An office whose sessions explain themselves, and where they write.
async fn explaining() -> (Office, PathBuf) {
    let mut config = fresh_schema().await;
    let log = match config.get_hosts() {
        [Host::Unix(folder), ..] => folder.join("log"),
        other => unreachable!("the cluster is reached by a socket: {other:?}"),
    };
    let options = format!("{}{EXPLAINS}", config.get_options().unwrap_or_default());
    let store = Store::postgres(config.options(options).clone(), 4).unwrap();
    migrate(&store, schema::MIGRATIONS).await.unwrap();
    (Office::on((store, None)).await, log)
}

/// The plans that were written down, each with its statement.
fn plans(log: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for entry in log.split(" plan:\n").skip(1) {
        let lines: Vec<&str> = entry.lines().take_while(|line| line.starts_with('\t')).collect();
        found.extend(serde_json::from_str::<Value>(&lines.join("\n")));
    }
    found
}

/// The great tables that a plan goes through as a whole.
fn scanned(plan: &Value, found: &mut BTreeSet<String>) {
    let of = |name: &str| plan.get(name).and_then(Value::as_str).unwrap_or_default();
    if of("Node Type").ends_with("Seq Scan") && GREAT.contains(&of("Relation Name")) {
        found.insert(of("Relation Name").to_owned());
    }
    plan.get("Plans").and_then(Value::as_array).into_iter().flatten().for_each(|below| scanned(below, found));
}

/// The great tables that SQLite would go through as a whole; `None` when the statement is not its own.
fn scanned_by_sqlite(database: &Connection, statement: &str) -> Option<BTreeSet<String>> {
    let statement = statement.replace('$', "?");
    let mut explained = database.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).ok()?;
    let words: Vec<&str> = statement.split_whitespace().collect();
    let named = words.windows(3).filter(|three| matches!(three[0], "FROM" | "JOIN") && GREAT.contains(&three[1]));
    let great: Vec<(&str, &str)> = named.map(|three| (three[2], three[1])).collect();
    let steps = explained.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<Vec<_>, _>>().unwrap();
    let whole =
        steps.iter().filter_map(|step| step.strip_prefix("SCAN ")?.split_whitespace().next().map(str::to_owned));
    Some(
        whole
            .filter_map(|alias| great.iter().find(|(name, _)| *name == alias).map(|(_, of)| (*of).to_owned()))
            .collect(),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_list_reads_a_whole_great_table() {
    let (office, log) = Box::pin(explaining()).await;
    let lite = Office::on(sqlite().await).await;
    office.oversee().await;
    Box::pin(grow(&office, SIZE)).await;
    Box::pin(grow(&lite, SIZE)).await;
    let from = fs::metadata(&log).unwrap().len();
    for login in ["wang", "li", "zhao", "hu"] {
        let browser = Browser::of(&office, login).await;
        for path in PAGES {
            let page = browser.get(path).await;
            assert!(matches!(page.status.as_u16(), 200 | 303 | 404), "{login} {path}: {}", page.status);
        }
    }
    let told = fs::read(&log).unwrap();
    let told = String::from_utf8_lossy(&told[usize::try_from(from).unwrap()..]).into_owned();
    let database = Connection::open(lite.folder.path().join("firebee.db")).unwrap();
    let (mut statements, mut asked, mut wrong) = (BTreeSet::new(), 0, BTreeSet::new());
    for explained in plans(&told) {
        let text = explained["Query Text"].as_str().unwrap().to_owned();
        let mut found = BTreeSet::new();
        scanned(&explained["Plan"], &mut found);
        if !found.is_empty() {
            wrong.insert(format!("PostgreSQL goes through {found:?}: {text}"));
        }
        if statements.insert(text.clone()) {
            let by_sqlite = scanned_by_sqlite(&database, &text);
            asked += usize::from(by_sqlite.is_some());
            if by_sqlite.as_ref().is_some_and(|found| !found.is_empty()) {
                wrong.insert(format!("SQLite goes through {by_sqlite:?}: {text}"));
            }
        }
    }
    println!("{} statements explained by PostgreSQL, {asked} by SQLite", statements.len());
    assert!(statements.len() > 25 && asked > 20, "{} {asked}", statements.len());
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
    // What would go through a whole table is told.
    let whole = scanned_by_sqlite(&database, "SELECT t.name FROM task t WHERE t.name = $1");
    assert_eq!(whole, Some(BTreeSet::from(["task".to_owned()])));
}
