//! Training: the same accounts, and nothing of it is valid (R-013, R-014).

use super::report::{approved, generate, made, refused};
use crate::both;
use axum::http::StatusCode;
use firebee_domain::{
    account::{Action, Actor, Role},
    code::Code,
    id::{AccountId, OwnerId},
};
use firebee_server::{
    query::{access::to_project, project::project},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, firm::sqlite, office::Office};

both!(
    /// R-013, R-014: a training project is made with the same account and says what it is; a real one never does.
    r_013_r_014_a_training_project_says_what_it_is,
    /// R-014: its reports are never filed, are in no statistics, no sample and no owner's view, and their PDF carries the mark.
    r_014_what_training_makes_is_never_valid,
);

async fn r_013_r_014_a_training_project_says_what_it_is(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let list = wang.get("/contracts").await.html();
    let contract = list.split("href=\"/contracts/").find(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()));
    let contract = format!("/contracts/{}", contract.unwrap().split('"').next().unwrap());
    let li = office.account("li").to_string();
    let usual = [
        ("name", "新员工练习"),
        ("city", "西宁市"),
        ("address", "长江路10号"),
        ("lead", li.as_str()),
        ("datum", "gcj02"),
        ("key", "no"),
        ("credit_code", "NULL"),
    ];
    let (new, action) = (format!("{contract}/projects/new"), format!("{contract}/projects"));
    let page = wang.get(&new).await;
    let fields: Vec<(&str, &str)> = usual.iter().copied().chain([("training", "yes")]).collect();
    let done = wang.submit(&page, &action, &fields).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let project = done.location().split('?').next().unwrap().to_owned();
    let text = wang.get(&project).await.text();
    assert!(text.contains("【培训】新员工练习") && text.contains("培训"), "{text}");
    let edit = format!("{project}/edit");
    let page = wang.get(&edit).await;
    let plain: Vec<(&str, &str)> = usual.iter().copied().filter(|(name, _)| *name != "lead").collect();
    let done = wang.submit(&page, &edit, &plain).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    assert!(wang.get(&project).await.text().contains("【培训】新员工练习"), "the mark stays");
    assert!(Browser::of(&office, "li").await.get("/projects").await.text().contains("【培训】新员工练习"));
}

/// Makes training of the first project.
async fn train(office: &Office) {
    let (org, id) = (office.org, office.project());
    let job = async move |tx: &mut Tx| {
        let mut held = project(tx, org, id).await?.unwrap().project;
        held.training = true;
        held.name = firebee_domain::project::marked(&held.name, true);
        let body = serde_json::to_string(&held).unwrap();
        let keep = sql!("UPDATE project SET body = ?3, name = ?4, shown = 0 WHERE org = ?1 AND id = ?2");
        tx.execute(keep, &row![org, &id, &body, &held.name]).await.map(drop)
    };
    let done: Result<(), StoreError> = office.app.store.write("train", job).await;
    done.unwrap();
}

/// Whether somebody who speaks for the owner of the first project may read its reports.
async fn owner_reads(office: &Office) -> bool {
    let (org, id, account) = (office.org, office.project(), AccountId(firebee_server::random::uuid_v4().unwrap()));
    let job = async move |tx: &mut Tx| {
        let find = sql!(
            "SELECT k.owner FROM contract k JOIN project p ON p.org = k.org AND p.contract = k.id WHERE p.id = ?1"
        );
        let owner: OwnerId = tx.query_opt(find, &row![&id]).await?.unwrap().get(0)?;
        let insert = sql!("INSERT INTO outsider(id, owner, unit) VALUES (?1, ?2, NULL)");
        tx.execute(insert, &row![&account, &owner]).await?;
        let actor =
            Actor { account, organisation: None, role: Role::OwnerContact, technical_director: false, enabled: true };
        Ok(to_project(tx, org, &actor, &[Action::ReadReport], id).await?.is_some())
    };
    let done: Result<bool, StoreError> = office.app.store.write("ask", job).await;
    done.unwrap()
}

async fn r_014_what_training_makes_is_never_valid(office: Office) {
    office.oversee().await;
    assert!(owner_reads(&office).await, "the owner of a real project reads its reports");
    let (plan, _) = approved(&office).await;
    let bao = Browser::of(&office, "bao").await;
    assert!(bao.get("/oversight/months").await.text().contains("共 10 个月份"));
    train(&office).await;
    assert!(!owner_reads(&office).await, "no owner's view");
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "X-1").await);
    let page = zhao.get(&path).await;
    assert!(page.text().contains("不是正式的消防技术服务结论文件"), "{}", page.text());
    refused(&zhao.submit(&page, &format!("{path}/file"), &[("opinion", "同意")]).await, Code::TrainingNotFiled);
    let queue = zhao.get("/reports/to-file").await;
    let id = path.rsplit('/').next().unwrap();
    let all = zhao.submit(&queue, "/reports/to-file", &[("report", id), ("opinion", "同意")]).await;
    refused(&all, Code::TrainingNotFiled);
    assert_eq!(office.number(sql!("SELECT count(*) FROM report WHERE filed IS NOT NULL")).await, 0);
    assert!(bao.get("/oversight/months").await.text().contains("共 0 个月份"), "no statistics");
    office.clock.advance_ms(7 * 86_400_000);
    let bao = Browser::of(&office, "bao").await;
    let week = bao.get("/samples").await.location().to_owned();
    let page = bao.get(&week).await;
    bao.submit(&page, &week, &[]).await;
    assert!(bao.get(&week).await.text().contains("从 0 个任务中抽取 0 个"), "no sample");
    let li = Browser::of(&office, "li").await;
    let html = li.get(&path).await.html();
    let code = html.split("href=\"/v/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let verified = Browser::new(&office).get(&format!("/v/{code}")).await.text();
    assert!(verified.contains("不是正式的消防技术服务结论文件"), "who verifies it is told: {verified}");
    let pdf = li.get(&format!("{path}/pdf")).await;
    assert_eq!(pdf.status, StatusCode::OK);
    assert!(pdf.bytes.starts_with(b"%PDF-"));
}

/// What is asked of a program that prints, one line a call; it makes a PDF of one line.
const PRINTER: &str = r#"#!/bin/sh
echo "$@" >> "$(dirname "$0")/said"
while [ $# -gt 0 ]; do
    if [ "$1" = --to ]; then printf '%%PDF-1.7\n' > "$2"; fi
    shift
done
"#;

/// R-014: a sign lies across each page of the PDF of a training report, and across no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_014_the_pdf_of_training_is_printed_with_its_mark() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("printer");
    std::fs::write(&program, PRINTER).unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let office = Office::set(sqlite().await, |config| config.report_program = Some(program)).await;
    let (plan, _) = Box::pin(approved(&office)).await;
    let li = Browser::of(&office, "li").await;
    let printed = async |code: &str| {
        let path = made(&generate(&li, plan, code).await);
        let pdf = li.get(&format!("{path}/pdf")).await;
        assert_eq!(pdf.status, StatusCode::OK, "{}", pdf.text());
        let said = std::fs::read_to_string(folder.path().join("said")).unwrap();
        let page = li.get(&path).await;
        li.submit(&page, &format!("{path}/delete"), &[]).await;
        said.lines().rfind(|line| line.starts_with("render")).unwrap().to_owned()
    };
    assert!(!printed("K-1").await.contains("--mark"), "a real report has no sign");
    train(&office).await;
    assert!(printed("K-2").await.contains("--mark training"));
}
