//! How the databases answer the lists of a large firm among others: by plans that read no row of another firm.
//!
//! The statements are those that the server sends. PostgreSQL says of each how it was answered, with the real values; SQLite is
//! asked for its plan of the same text. PostgreSQL may read a small table from end to end although there is an index; a province's
//! are not small, so here it may not.

use axum::http::StatusCode;
use firebee_server::store::{Store, migrate::migrate, schema};
use firebee_tests::{
    browse::Browser,
    office::Office,
    postgres::{Cluster, schema_in},
    province::{Size, grow},
};
use rusqlite::Connection;
use serde_json::{Deserializer, Value};
use std::{collections::BTreeMap, fs, path::PathBuf};
use tokio_postgres::config::Host;

const FIRMS: usize = 10;
const SIZE: Size = Size { firms: FIRMS, projects: 2_000, tasks: 60_000 };

/// The rows of a firm in its largest table, with some that were there before.
const OWN_ROWS: f64 = 60_000.0 / 10.0 + 100.0;

/// The tables that grow with the work.
const LARGE: [&str; 3] = ["project", "task", "fault"];

/// Beside what the menu leads to: narrowed, searched, sorted, further down.
const NARROWED: [&str; 8] = [
    "/projects?q=zydsw00",
    "/projects?sort=name",
    "/tasks?state=pending_review",
    "/tasks?q=0599",
    "/tasks?sort=name",
    "/tasks?month=2026-11",
    "/faults?q=peidianshi",
    "/faults?state=to_issue",
];

#[tokio::test]
async fn r_387_no_list_reads_the_rows_of_another_firm_on_either_engine() {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let told = log_of(&cluster);
    let office = Office::on((explaining(&cluster).await, None)).await;
    grow(&office, SIZE).await;
    let begun = fs::metadata(&told).unwrap().len();
    let mut pages = 0;
    for login in ["wang", "li", "zhao"] {
        let browser = Browser::of(&office, login).await;
        let home = browser.get("/").await.html();
        let menu = home.split("<nav class=\"rail\"").nth(1).unwrap().split("</nav>").next().unwrap();
        let ways = menu.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        for way in ways.chain(NARROWED.map(str::to_owned)) {
            let page = browser.get(&way).await;
            assert!(matches!(page.status, StatusCode::OK | StatusCode::NOT_FOUND), "{login} {way}: {}", page.status);
            pages += usize::from(page.status == StatusCode::OK);
        }
    }
    assert!(pages > 30, "only {pages} pages were read");
    let plans = plans(&told, begun);
    assert!(plans.len() > 30, "only {} statements were told", plans.len());
    let lite = Office::sqlite().await;
    grow(&lite, SIZE).await;
    let file = Connection::open(lite.folder.path().join("firebee.db")).unwrap();
    let by_no_index = "SELECT t.id FROM task t WHERE t.name = $1";
    assert_eq!(scanned(&file, by_no_index).len(), 1, "a step that reads all rows is seen");
    let mut wide = Vec::new();
    for (text, plan) in &plans {
        let rows = most_read(plan);
        if rows > OWN_ROWS {
            wide.push(format!("PostgreSQL read {rows} rows of one table: {text}"));
        }
        wide.extend(scanned(&file, text).into_iter().map(|step| format!("SQLite reads all rows ({step}): {text}")));
    }
    assert!(wide.is_empty(), "{}", wide.join("\n\n"));
}

/// Where a cluster writes what it has to say.
fn log_of(cluster: &Cluster) -> PathBuf {
    let folder = |host: &Host| if let Host::Unix(folder) = host { Some(folder.join("log")) } else { None };
    cluster.config().get_hosts().iter().find_map(folder).unwrap()
}

/// A migrated schema, of whose statements the cluster tells each plan.
async fn explaining(cluster: &Cluster) -> Store {
    let mut config = schema_in(cluster.config()).await;
    let place = config.get_options().unwrap().to_owned();
    config.options(format!(
        "{place} -csession_preload_libraries=auto_explain -cauto_explain.log_min_duration=0 -cauto_explain.log_analyze=on \
         -cauto_explain.log_timing=off -cauto_explain.log_format=json -cenable_seqscan=off"
    ));
    let store = Store::postgres(config, 4).unwrap();
    migrate(&store, schema::MIGRATIONS).await.unwrap();
    store
}

/// The reading statements of a log behind a place, each with that of its plans that read the most.
fn plans(log: &PathBuf, begun: u64) -> BTreeMap<String, Value> {
    let whole = fs::read(log).unwrap();
    let new = String::from_utf8_lossy(&whole[usize::try_from(begun).unwrap()..]);
    let mut plans: BTreeMap<String, Value> = BTreeMap::new();
    for told in new.split(" plan:\n").skip(1) {
        let explained: Value = Deserializer::from_str(told).into_iter().next().unwrap().unwrap();
        let text = explained["Query Text"].as_str().unwrap().to_owned();
        let plan = &explained["Plan"];
        if plan["Node Type"] == "ModifyTable" {
            continue;
        }
        let held = plans.entry(text).or_insert_with(|| plan.clone());
        if most_read(plan) > most_read(held) {
            *held = plan.clone();
        }
    }
    plans
}

/// How many rows of a large table a step of a plan has read at most, those included that it threw away.
fn most_read(plan: &Value) -> f64 {
    let number = |name: &str| plan[name].as_f64().unwrap_or_default();
    let own = if plan["Relation Name"].as_str().is_some_and(|table| LARGE.contains(&table)) {
        let thrown = number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
        (number("Actual Rows") + thrown) * number("Actual Loops")
    } else {
        0.0
    };
    let below = plan["Plans"].as_array().into_iter().flatten().map(most_read);
    below.fold(own, f64::max)
}

/// The steps of SQLite's plan that read a large table from end to end.
fn scanned(file: &Connection, text: &str) -> Vec<String> {
    let text = text.replace('$', "?");
    // What only PostgreSQL says, such as a lock, is no statement of SQLite's.
    let Ok(mut asked) = file.prepare(&format!("EXPLAIN QUERY PLAN {text}")) else { return Vec::new() };
    let steps = asked.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<Vec<_>, _>>().unwrap();
    let names: Vec<String> = LARGE.iter().flat_map(|table| aliases(&text, table)).collect();
    let reads_all = |step: &&String| {
        let mut words = step.split(' ');
        words.next() == Some("SCAN") && words.next().is_some_and(|name| names.iter().any(|known| known == name))
    };
    steps.iter().filter(reads_all).cloned().collect()
}

/// The names that a statement gives to a table.
fn aliases(text: &str, table: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = words.windows(3).filter(|at| ["FROM", "JOIN"].contains(&at[0]) && at[1] == table);
    named.map(|at| at[2].trim_end_matches([',', ')']).to_owned()).chain([table.to_owned()]).collect()
}
