use super::*;
use crate::{
    clock::Clock,
    config::Config,
    sql,
    state::{App, open},
    store::{StoreError, Tx},
};
use firebee_domain::time::Timestamp;
use serde_json::{Value, json};

/// 2026-11-16T09:00:00+08:00.
const MORNING: Timestamp = Timestamp(1_794_790_800_000);

async fn app() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let app = open(Config::in_folder(folder.path()), Clock::standing_at(MORNING)).await.unwrap();
    (app, folder)
}

fn file() -> Value {
    let certificate = |kind: &str, level: u8| json!([{ "kind": kind, "level": level, "number": "1", "valid_from": "2020-01-01", "valid_to": "2040-01-01" }]);
    json!({
        "name": "安泰", "uscc": "91630000", "national_registration_no": "QH-1",
        "service_types": ["maintenance_inspection"],
        "people": [
            { "name": "李静", "certificates": certificate("registered_engineer", 1),
              "account": { "login": "li", "phone": "13900000001", "category": "project_lead", "enabled": true,
                           "password": "three pumps run" } },
            { "name": "马晓燕", "certificates": certificate("facility_operator_cert", 4),
              "account": { "phone": "13900000002", "category": "field_operator" } }
        ],
        "owners": [{ "name": "中仪大厦", "city": "西宁市", "address": "长江路10号" }],
        "contracts": [{ "name": "维保", "owner": "中仪大厦", "kind": "maintenance", "sign_date": "2026-01-01",
                        "end_date": "2027-12-31" }],
        "projects": [{ "name": "大厦", "contract": "维保", "lead": "li",
                       "location": { "datum": "wgs84", "lat_e6": 36617000, "lon_e6": 101778000 },
                       "facilities": ["power-panel"] }]
    })
}

fn firm(change: impl FnOnce(&mut Value)) -> NewFirm {
    let mut file = file();
    change(&mut file);
    serde_json::from_value(file).unwrap()
}

async fn refused(change: impl FnOnce(&mut Value)) -> &'static str {
    let (app, _folder) = app().await;
    let code = create_firm(&app, &firm(change)).await.unwrap_err().code();
    let count = app.store.read("count", async |tx: &mut Tx| {
        let row = tx.query_opt(sql!("SELECT COUNT(*) FROM organisation"), &[]).await?;
        row.map_or(Ok::<i64, StoreError>(-1), |row| row.get(0))
    });
    assert_eq!(count.await.unwrap(), 0, "nothing is kept of a firm that is refused");
    code
}

/// the phone number is the suggested login, and an account is closed unless it is opened.
#[tokio::test]
async fn a_firm_is_made_with_its_people_and_told_to_those_who_work_on_phones() {
    let (app, _folder) = app().await;
    let founded = create_firm(&app, &firm(|_| {})).await.unwrap();
    let [lead, operator] = founded.accounts.as_slice() else { panic!("two accounts") };
    assert_eq!((lead.login.as_str(), lead.password.as_str(), lead.must_change), ("li", "three pumps run", false));
    assert_eq!((operator.login.as_str(), operator.password.len(), operator.must_change), ("13900000002", 19, true));
    let documents = app.store.read("read", async |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT kind, body FROM document ORDER BY kind, id"), &[]).await?;
        rows.iter()
            .map(|row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))
            .collect::<Result<Vec<_>, StoreError>>()
    });
    let documents = documents.await.unwrap();
    assert_eq!(documents.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["project", "session", "session"]);
    let enabled = app.store.read("read", async |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT enabled FROM account ORDER BY login DESC"), &[]).await?;
        rows.iter().map(|row| row.get::<bool>(0)).collect::<Result<Vec<_>, StoreError>>()
    });
    assert_eq!(enabled.await.unwrap(), [true, false]);
}

/// only a registered engineer may review, and the phone is told so.
#[tokio::test]
async fn r_150_a_lead_may_review_and_an_operator_may_not() {
    let (app, _folder) = app().await;
    create_firm(&app, &firm(|_| {})).await.unwrap();
    let bodies = app.store.read("read", async |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT body FROM document WHERE kind = 'session'"), &[]).await?;
        rows.iter().map(|row| row.get::<String>(0)).collect::<Result<Vec<_>, StoreError>>()
    });
    for body in bodies.await.unwrap() {
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["may_review"] == true, body["category"] == "project_lead", "{body}");
    }
}

/// and names that refer to nothing: refused with a code, and nothing is kept.
#[tokio::test]
async fn what_the_domain_refuses_makes_no_firm() {
    assert_eq!(refused(|file| file["service_types"] = json!([])).await, "organisation_not_registered");
    assert_eq!(refused(|file| file["contracts"][0]["owner"] = json!("x")).await, "reference_unknown");
    assert_eq!(refused(|file| file["projects"][0]["lead"] = json!("13900000002")).await, "lead_not_allowed");
    assert_eq!(
        refused(|file| file["people"][1]["certificates"][0]["level"] = json!(5)).await,
        "qualification_insufficient"
    );
    assert_eq!(refused(|file| file["projects"][0]["facilities"] = json!(["nothing"])).await, "facility_not_allowed");
    assert_eq!(refused(|file| file["people"][0]["account"]["password"] = json!("short")).await, "password_too_short");
}

/// a login is given once, in one firm and across firms.
#[tokio::test]
async fn r_027_a_login_is_given_once() {
    assert_eq!(refused(|file| file["people"][1]["account"]["login"] = json!("li")).await, "login_taken");
    let (app, _folder) = app().await;
    create_firm(&app, &firm(|_| {})).await.unwrap();
    assert_eq!(create_firm(&app, &firm(|_| {})).await.unwrap_err().code(), "login_taken");
}
