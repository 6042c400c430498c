//! Special sites and operation changes: asked for with a paper, decided by the fire service, and what they change (R-160, R-246,
//!

use super::report::{approved, generate, made, refused};
use crate::both;
use axum::http::StatusCode;
use firebee_domain::code::Code;
use firebee_server::sql;
use firebee_tests::{browse::Browser, office::Office};

both!(
    /// the owner's certificate is needed, the corps decides, and the project is a special site from then on.
    r_301_r_343_the_corps_makes_a_special_site_of_a_project,
    /// the lead asks with the sealed form, the decision shows what it changes before, carries it out, and
    /// what was before stays on the page.
    r_246_r_352_a_filing_is_taken_back_by_a_second_person,
    /// an approval by mistake waits for its review again, unless a report has the task.
    r_160_r_352_an_approval_is_taken_back_and_the_task_waits_again,
);

const PDF: &[u8] = b"%PDF-1.7\nsealed";

/// Sends a petition with a file, and gives its address.
async fn asked(by: &Browser, form: &str, fields: &[(&str, &str)]) -> String {
    let page = by.get(form).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("sure", "yes")]).collect();
    let done = by.submit_files(&page, form, &fields, &[PDF]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let address = done.location().split('?').next().unwrap().to_owned();
    assert!(by.get(done.location()).await.text().contains("申请已发出"), "{}", done.text());
    address
}

async fn r_301_r_343_the_corps_makes_a_special_site_of_a_project(office: Office) {
    office.oversee().await;
    let project = format!("/projects/{}", office.project());
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let (hu, tang) = (Browser::of(&office, "hu").await, Browser::of(&office, "tang").await);
    let form = format!("{project}/petitions/new/special_site");
    assert_eq!(li.get(&form).await.status, StatusCode::NOT_FOUND, "a manager asks");
    assert_eq!(hu.get(&form).await.status, StatusCode::NOT_FOUND, "the fire service asks for nothing");
    let page = wang.get(&form).await;
    let bare = wang.submit(&page, &form, &[("reason", "涉密场所"), ("sure", "yes")]).await;
    refused(&bare, Code::OwnerCertificateRequired);
    assert!(bare.html().contains("涉密场所"), "what was typed stays");
    let address = asked(&wang, &form, &[("reason", "涉密场所")]).await;
    let page = wang.get(&form).await;
    let twice = wang.submit_files(&page, &form, &[("reason", "再次"), ("sure", "yes")], &[PDF]).await;
    refused(&twice, Code::PetitionWaiting);
    assert!(wang.get("/petitions").await.html().contains(&address));
    assert!(!wang.get(&address).await.html().contains("withdraw"), "nothing is withdrawn");

    let below = tang.get(&address).await;
    assert!(below.text().contains("由消防总队审核") && !below.html().contains("name=\"decision\""), "{}", below.text());
    let page = hu.get(&address).await;
    for word in ["变更前", "按设施逐项测试和记录", "5 项", "直接上传 PDF"] {
        assert!(page.text().contains(word), "the dry run says {word}: {}", page.text());
    }
    let hidden = tang.get("/password").await.form("/password");
    let mut forged: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    forged.extend([("decision", "approved"), ("reason", "")]);
    assert_eq!(tang.send_form(&address, &forged, &[]).await.status, StatusCode::NOT_FOUND, "R-343: the corps alone");
    let plan = office.plan().await;
    let open = hu.submit(&page, &address, &[("decision", "approved"), ("reason", "")]).await;
    assert!(open.html().contains("plans_without_report"), "{}", open.text());
    let delete = li.get(&format!("/plans/{plan}")).await;
    let gone = li.submit(&delete, &format!("{project}/plans/{plan}/delete"), &[]).await;
    assert!(gone.location().contains("?done="), "{}", gone.text());
    let page = hu.get(&address).await;
    let done = hu.submit(&page, &address, &[("decision", "approved"), ("reason", "材料齐全")]).await;
    assert!(hu.get(done.location()).await.text().contains("变更已经执行"), "{}", done.text());
    assert!(wang.get("/projects?special=yes").await.text().contains("中仪大厦"), "R-077: the list finds it as such");
    let text = wang.get(&address).await.text();
    for word in ["已同意并执行", "青海省消防救援总队", "材料齐全", "已执行的变更", "5 项"] {
        assert!(text.contains(word), "what was before stays: {word}: {text}");
    }
    let shown = wang.get(&project).await.text();
    assert!(shown.contains("特殊场所") && shown.contains("还没有"), "its facilities are ticked anew: {shown}");
    let systems = format!("{project}/systems");
    let page = wang.get(&systems).await;
    let usual = wang.submit(&page, &systems, &[("facility", "power-panel")]).await;
    refused(&usual, Code::FacilityNotAllowed);
    let page = wang.get(&form).await;
    let again = wang.submit_files(&page, &form, &[("reason", "再次"), ("sure", "yes")], &[PDF]).await;
    refused(&again, Code::SpecialSiteAlready);
}

async fn r_246_r_352_a_filing_is_taken_back_by_a_second_person(office: Office) {
    office.oversee().await;
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let bao = Browser::of(&office, "bao").await;
    let path = made(&generate(&li, plan, "P-1").await);
    let id = path.rsplit('/').next().unwrap().to_owned();
    let form = format!("/projects/{}/petitions/new/take_back_report", office.project());
    assert!(!li.get(&form).await.html().contains(&id), "only a filed report can be chosen");
    let page = zhao.get(&path).await;
    zhao.submit(&page, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    let wang = Browser::of(&office, "wang").await;
    assert_eq!(wang.get(&form).await.status, StatusCode::NOT_FOUND, "R-352: the lead or the director asks");
    let sheet = li.get(&format!("/projects/{}/petitions/form", office.project())).await.text();
    assert!(sheet.contains("系统操作变更申请表") && sheet.contains("撤回报告备案"), "{sheet}");
    let page = li.get(&form).await;
    let bare = li.submit(&page, &form, &[("matter", &id), ("reason", "误备案"), ("sure", "yes")]).await;
    refused(&bare, Code::SealedFormRequired);
    let address = asked(&li, &form, &[("matter", &id), ("reason", "误备案")]).await;
    assert!(li.get(&path).await.text().contains("已备案"), "nothing changes before the decision");

    let page = bao.get(&address).await;
    for word in ["报告 P-1", "已备案（赵敏", "作废，仍可查看", "2 个，属于该报告"] {
        assert!(page.text().contains(word), "the dry run says {word}: {}", page.text());
    }
    let done = bao.submit(&page, &address, &[("decision", "approved"), ("reason", "")]).await;
    assert!(bao.get(done.location()).await.text().contains("变更已经执行"), "{}", done.text());
    let old = li.get(&path).await.text();
    assert!(old.contains("作废") && old.contains("误备案"), "{old}");
    let text = li.get(&address).await.text();
    assert!(text.contains("已备案（赵敏") && text.contains("西宁市城中区消防救援大队"), "the old value stays: {text}");
    let log = wang.get("/log?kind=decide_petition").await.text();
    assert!(log.contains("同意并执行") && log.contains("西宁市城中区消防救援大队"), "{log}");
    assert!(li.get(&format!("/plans/{plan}/report")).await.text().contains("P-1-1"), "R-377: a revision may come");
    let page = li.get(&form).await;
    let gone = li.submit_files(&page, &form, &[("matter", &id), ("reason", "再次"), ("sure", "yes")], &[PDF]).await;
    refused(&gone, Code::AlreadyDone);
}

async fn r_160_r_352_an_approval_is_taken_back_and_the_task_waits_again(office: Office) {
    office.oversee().await;
    let (plan, task) = approved(&office).await;
    let (li, bao) = (Browser::of(&office, "li").await, Browser::of(&office, "bao").await);
    let form = format!("/projects/{}/petitions/new/take_back_approval", office.project());
    let task = task.to_string();
    let address = asked(&li, &form, &[("matter", &task), ("reason", "点错了")]).await;
    let path = made(&generate(&li, plan, "A-1").await);
    let page = bao.get(&address).await;
    assert!(page.html().contains("task_in_report"), "the page says why it cannot be: {}", page.text());
    let held = bao.submit(&page, &address, &[("decision", "approved"), ("reason", "")]).await;
    refused(&held, Code::TaskInReport);
    let page = li.get(&path).await;
    li.submit(&page, &format!("{path}/delete"), &[]).await;
    let page = bao.get(&address).await;
    assert!(page.text().contains("第 1 轮审核通过（李建国"), "{}", page.text());
    let done = bao.submit(&page, &address, &[("decision", "approved"), ("reason", "")]).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let open = sql!("SELECT count(*) FROM plan_item WHERE state = 'submitted'");
    assert!(office.number(open).await > 0, "the items wait with the task");
    let text = li.get(&format!("/tasks/{task}")).await.text();
    assert!(text.contains("审核撤回") && text.contains("点错了") && text.contains("审核通过"), "both stay: {text}");
    let page = li.get(&format!("/tasks/{task}")).await;
    let fields = [("decision", "rejected"), ("opinion", "请补拍照片")];
    let done = li.submit(&page, &format!("/tasks/{task}/review"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "the lead decides anew: {}", done.text());
    let page = li.get(&form).await;
    let fields = [("matter", task.as_str()), ("reason", "再次"), ("sure", "yes")];
    refused(&li.submit_files(&page, &form, &fields, &[PDF]).await, Code::TaskNotApproved);
}
