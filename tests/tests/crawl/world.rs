//! Who there is: two firms with two owners each, the units of the fire service above them, and a browser for everybody.

use crate::{asked, firm, work};
use firebee_server::{
    office::{authority::found, firm::oversee},
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::{Office, PASSWORD},
};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use uuid::Uuid;

/// Two files, each with the tree of one corps. Every name holds the word of its own.
const AUTHORITY: [&str; 2] = [
    r#"{
  "units": [
    { "name": "青corps总队", "level": "corps" },
    { "name": "青one支队", "level": "detachment", "above": "青corps总队" },
    { "name": "青two支队", "level": "detachment", "above": "青corps总队" }
  ],
  "people": [
    { "name": "huname", "phone": "13900000021", "login": "hu", "unit": "青corps总队" },
    { "name": "tangname", "phone": "13900000022", "login": "tang", "unit": "青one支队" },
    { "name": "linname", "phone": "13900000024", "login": "lin", "unit": "青two支队" }
  ]
}"#,
    r#"{
  "units": [
    { "name": "甘corps总队", "level": "corps" },
    { "name": "甘one支队", "level": "detachment", "above": "甘corps总队" }
  ],
  "people": [{ "name": "farname", "phone": "13900000023", "login": "far", "unit": "甘corps总队" }]
}"#,
];

/// Somebody who looks.
pub(super) struct Person {
    /// What the test calls this person.
    pub(super) name: String,
    /// The browser, signed in; of nobody it is not.
    pub(super) browser: Browser,
    /// Whose side: `jia`, `yi`, or nobody's.
    pub(super) side: &'static str,
    /// What this person must not read anywhere.
    pub(super) forbidden: Vec<String>,
    /// The others in the same position on another side: what they were shown is not there for this person.
    pub(super) peers: Vec<&'static str>,
}

/// All of it.
pub(super) struct World {
    /// The server.
    pub(super) office: Office,
    /// Everybody who looks, in a fixed order.
    pub(super) people: Vec<Person>,
    /// Addresses that no page tells, with whoever has them: the link of an application is told once.
    pub(super) told: Vec<(&'static str, String)>,
    /// Holds the program that prints as long as somebody may print.
    #[expect(dead_code, reason = "it is deleted with this value")]
    tools: TempDir,
}

/// Stands in for the program that prints reports, which takes seconds for each. What it prints is not looked at here.
const PRINTER: &str = "#!/bin/sh\ncase \"$1\" in render|table|notice|agreement) printf '%%PDF-1.7 printed' > \"$5\" ;; coverage) exit 1 ;; esac\n";

/// Writes it into a folder.
fn printer(folder: &Path) -> PathBuf {
    let program = folder.join("printer");
    fs::write(&program, PRINTER).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

/// Builds it.
pub(super) async fn world(database: (Store, Option<TempDir>)) -> World {
    let tools = tempfile::tempdir().unwrap();
    let program = printer(tools.path());
    let office = Office::set(database, |config| config.report_program = Some(program)).await;
    let jia = side(&office, "jia", 1, ["青one支队", "青two支队"]).await;
    let yi = side(&office, "yi", 2, ["甘one支队", "甘one支队"]).await;
    for file in AUTHORITY {
        let file = serde_json::from_str(file).unwrap();
        found(&office.app.office, file, (Some(PASSWORD.to_owned()), true)).await.unwrap();
    }
    for (side, unit) in [("jia", "青corps总队"), ("yi", "甘corps总队")] {
        oversee(&office.app.office, &format!("{side}pub消防技术服务有限公司"), unit).await.unwrap();
    }
    let mut people = vec![Person {
        name: "nobody".into(),
        browser: Browser::new(&office),
        side: "",
        forbidden: words(&["jia", "yi"], &["firm", "one", "two"]),
        peers: vec!["jia-li", "yi-li", "jia-wang", "hu"],
    }];
    for (firm, other, office) in [("jia", "yi", &jia), ("yi", "jia", &yi)] {
        people.extend(staff(office, firm, other).await);
        work::office(office, firm).await;
        people.extend(contacts(office, firm, other).await);
    }
    for (officer, of, at, word) in [("tang", &jia, 0, "jiaone"), ("lin", &jia, 1, "jiatwo"), ("far", &yi, 0, "yione")] {
        asked::check(&Browser::of(&office, officer).await, of.projects[at], word).await;
    }
    people.extend(authority(&office).await);
    let hu = Browser::of(&office, "hu").await;
    let mut told = Vec::new();
    for handed_in in [true, false] {
        told.push(("nobody", work::application(&office, &hu, handed_in).await));
    }
    World { office, people, told, tools }
}

/// A firm with its people and projects.
async fn side(office: &Office, side: &str, digit: u8, units: [&str; 2]) -> Office {
    let file = firm::file(side, digit, units).to_string();
    let made = Office::found(&office.app, &file, true).await;
    let short = |login: &str| login.split_once('-').unwrap().1.to_owned();
    Office {
        app: office.app.clone(),
        router: office.router.clone(),
        clock: office.clock.clone(),
        org: made.org,
        people: made.accounts.into_iter().map(|account| (short(&account.login), account.id)).collect(),
        projects: made.projects,
        folder: tempfile::tempdir().unwrap(),
    }
}

/// The words of these sides, of these kinds.
fn words(sides: &[&str], kinds: &[&str]) -> Vec<String> {
    sides.iter().flat_map(|side| kinds.iter().map(move |kind| format!("{side}{kind}"))).collect()
}

/// The people of a firm who use the console.
async fn staff(office: &Office, firm: &'static str, other: &'static str) -> Vec<Person> {
    let mut people = Vec::new();
    for (login, hidden) in [("wang", None), ("zhao", None), ("li", Some("two")), ("sun", Some("one"))] {
        let mut forbidden = words(&[other], &["pub", "firm", "one", "two"]);
        forbidden.extend(hidden.map(|kind| format!("{firm}{kind}")));
        let peers: &[&str] = match (firm, login) {
            ("jia", "wang") => &["yi-wang"],
            ("jia", "zhao") => &["yi-zhao"],
            ("jia", "li") => &["yi-li", "jia-sun"],
            ("jia", _) => &["yi-sun", "jia-li"],
            (_, "wang") => &["jia-wang"],
            (_, "zhao") => &["jia-zhao"],
            (_, "li") => &["jia-li", "yi-sun"],
            _ => &["jia-sun", "yi-li"],
        };
        let name = format!("{firm}-{login}");
        let browser = Browser::of(office, &name).await;
        people.push(Person { name, browser, side: firm, forbidden, peers: peers.to_vec() });
    }
    people
}

/// A contact of each owner of a firm, whose account the manager makes.
async fn contacts(office: &Office, firm: &'static str, other: &'static str) -> Vec<Person> {
    let wang = Browser::of(office, &format!("{firm}-wang")).await;
    let mut people = Vec::new();
    for (at, kind, hidden) in [(0, "one", "two"), (1, "two", "one")] {
        let (owner, _) = origin(office, at).await;
        let path = format!("/contacts/new?owner={owner}");
        let login = format!("{firm}{kind}-owner");
        let phone = format!("139000000{}{}", at + 4, firm.len());
        let fields = [("name", format!("{firm}{kind}联系人")), ("phone", phone), ("login", login.clone())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let shown = wang.submit(&wang.get(&path).await, "/contacts", &fields).await;
        let browser = first_sign_in(office, &login, &shown).await;
        asked::repairs(&browser, office.projects[at], &format!("{firm}{kind}")).await;
        asked::call(&browser, &Browser::new(office), office.projects[at], &format!("{firm}{kind}")).await;
        let mut forbidden = words(&[other], &["pub", "firm", "one", "two"]);
        forbidden.push(format!("{firm}{hidden}"));
        let peers: &[&str] = match (firm, kind) {
            ("jia", "one") => &["yi-owner-one", "jia-owner-two"],
            ("jia", _) => &["yi-owner-two", "jia-owner-one"],
            (_, "one") => &["jia-owner-one", "yi-owner-two"],
            _ => &["jia-owner-two", "yi-owner-one"],
        };
        let name = format!("{firm}-owner-{kind}");
        people.push(Person { name, browser, side: firm, forbidden, peers: peers.to_vec() });
    }
    people
}

/// Signs in with the password that a page shows once, and changes it.
async fn first_sign_in(office: &Office, login: &str, shown: &Page) -> Browser {
    let html = shown.html();
    let password = html.split("<code>").nth(1).unwrap_or_else(|| panic!("{}", shown.text()));
    let password = password.split('<').next().unwrap().to_owned();
    let mut browser = Browser::new(office);
    browser.sign_in(login, &password).await;
    let page = browser.get("/password").await;
    let fields = [("old", password.as_str()), ("new", PASSWORD), ("again", PASSWORD)];
    let done = browser.submit(&page, "/password", &fields).await;
    assert!(done.location().starts_with("/?done="), "{}", done.text());
    browser
}

/// The owner of a project, and its contract.
pub(super) async fn origin(office: &Office, at: usize) -> (Uuid, Uuid) {
    let (org, project) = (office.org, office.projects[at]);
    let read = async move |tx: &mut Tx| {
        let find = sql!(
            "SELECT c.owner, c.id FROM project p JOIN contract c ON c.org = p.org AND c.id = p.contract
             WHERE p.org = ?1 AND p.id = ?2"
        );
        let row = tx.query_opt(find, &row![org, &project]).await?.unwrap();
        Ok((row.get(0)?, row.get(1)?))
    };
    let origin: Result<_, StoreError> = office.app.store.read("origin", read).await;
    origin.unwrap()
}

/// The people of the fire service.
async fn authority(office: &Office) -> Vec<Person> {
    let all = ["firm", "one", "two", "pub"];
    let people: [(&str, Vec<String>, &[&str]); 4] = [
        ("hu", words(&["yi"], &all), &["far"]),
        ("tang", [words(&["yi"], &all), words(&["jia"], &["two"])].concat(), &["lin"]),
        ("lin", [words(&["yi"], &all), words(&["jia"], &["one"])].concat(), &["tang"]),
        ("far", words(&["jia"], &all), &["hu", "tang", "lin"]),
    ];
    let mut found = Vec::new();
    for (name, forbidden, peers) in people {
        let browser = Browser::of(office, name).await;
        let side = if name == "far" { "yi" } else { "jia" };
        found.push(Person { name: name.to_owned(), browser, side, forbidden, peers: peers.to_vec() });
    }
    found
}

impl World {
    /// How many acts each firm has.
    pub(super) async fn acts(&self) -> BTreeMap<i64, i64> {
        let read = async |tx: &mut Tx| {
            let rows = tx.query(sql!("SELECT CAST(org AS BIGINT), count(*) FROM act GROUP BY org"), &[]).await?;
            rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
        };
        let read: Result<BTreeMap<i64, i64>, StoreError> = self.office.app.store.read("acts", read).await;
        read.unwrap()
    }
}
