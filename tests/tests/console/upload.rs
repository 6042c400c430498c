//! Reports whose text is uploaded: inspections, evaluations, special sites.

use super::report::{approved, made, proposed, refused};
use crate::{both, fixture::PICTURE};
use axum::http::StatusCode;
use firebee_domain::{
    code::Code,
    contract::ContractKind,
    id::{ContentId, PlanId, RequestId},
    petition::{Matter, Petition},
    project::Project,
    ruling::{Outcome, Ruling},
};
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    firm::MORNING,
    office::Office,
    pdf::pdf,
};
use sha2::{Digest as _, Sha256};

both!(
    /// the text of an inspection is uploaded with its conclusion and stands behind
    /// the cover, byte for byte in the evidence.
    r_204_r_212_r_230_r_290_an_inspection_is_uploaded_with_its_conclusion,
    /// an evaluation and a special site have no conclusion; maintenance elsewhere takes no file.
    r_231_r_295_r_300_other_kinds_upload_where_their_rule_says_so,
);

/// The project of the plan as another kind, as its contract or the corps would have it.
async fn change(office: &Office, kind: ContractKind, special_site: bool) {
    let (org, id) = (office.org, office.project());
    let job = async move |tx: &mut Tx| {
        let find = sql!("SELECT body FROM project WHERE org = ?1 AND id = ?2");
        let row = tx.query_opt(find, &row![org, &id]).await?.unwrap();
        let mut project: Project = serde_json::from_str(row.get(0)?).unwrap();
        (project.kind, project.special_site) = (kind, special_site);
        let keep = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
        tx.execute(keep, &row![org, &id, &serde_json::to_string(&project).unwrap()]).await.map(drop)
    };
    let done: Result<(), StoreError> = office.app.store.write("change_project", job).await;
    done.unwrap();
}

/// The decision of the corps by which the project became a special site.
async fn allow(office: &Office) {
    let by = office.account("wang");
    let ruling = Ruling {
        outcome: Outcome::Approved,
        reason: String::new(),
        unit: "青海省消防救援总队".into(),
        by,
        at: MORNING,
    };
    let petition = Petition {
        project: office.project(),
        matter: Matter::SpecialSite,
        reason: "涉密场所".into(),
        files: Vec::new(),
        by,
        at: MORNING,
        ruling: Some(ruling),
        effect: None,
    };
    let (org, body) = (office.org, serde_json::to_string(&petition).unwrap());
    let job = async move |tx: &mut Tx| {
        let keep = sql!(
            "INSERT INTO petition(org, id, project, kind, state, asked_ms, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        );
        let id = RequestId(uuid::Uuid::from_u128(7));
        let values = row![org, &id, &petition.project, petition.matter.kind(), petition.state(), petition.at, &body];
        tx.execute(keep, &values).await.map(drop)
    };
    let done: Result<(), StoreError> = office.app.store.write("keep_petition", job).await;
    done.unwrap();
}

/// Generates the report of a plan as the form proposes it, with a code, further fields and a file.
async fn upload(by: &Browser, plan: PlanId, code: &str, more: &[(&str, &str)], files: &[&[u8]]) -> Page {
    let action = format!("/plans/{plan}/report");
    let page = by.get(&action).await;
    assert!(page.takes_files(&action), "{}", page.html());
    let mut fields = vec![("code".to_owned(), code.to_owned())];
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    for name in ["report_date", "from", "to"] {
        fields.push((name.to_owned(), proposed(&page, name)));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    by.submit_files(&page, &action, &fields, files).await
}

async fn r_204_r_212_r_230_r_290_an_inspection_is_uploaded_with_its_conclusion(office: Office) {
    let (plan, _) = approved(&office).await;
    change(&office, ContractKind::AnnualInspection, false).await;
    let li = Browser::of(&office, "li").await;
    let file = pdf(3);
    let concludes = [("conclusion", "unqualified")];

    let nothing = upload(&li, plan, "I-1", &[], &[]).await;
    refused(&nothing, Code::PdfRequired);
    assert!(nothing.text().contains("检测报告必须选择结论"), "both at once: {}", nothing.text());
    refused(&upload(&li, plan, "I-1", &concludes, &[PICTURE]).await, Code::PdfRequired);
    refused(&upload(&li, plan, "I-1", &concludes, &[b"<svg/>"]).await, Code::PdfRequired);
    refused(&upload(&li, plan, "I-1", &concludes, &[b"%PDF-1.7\nbroken"]).await, Code::PdfUnreadable);
    let mut large = file.clone();
    large.resize(10 << 20, b'\n');
    refused(&upload(&li, plan, "I-1", &concludes, &[&large]).await, Code::AttachmentTooLarge);
    let kept = upload(&li, plan, "I-1", &[], &[&file]).await;
    refused(&kept, Code::ConclusionRequired);
    let attached = kept.html().contains("name=\"attached\"");
    assert!(attached && kept.text().contains("使用已上传的文件"), "the file is not asked for twice");
    assert_eq!(office.acts("generate_report").await, 0);

    let path = made(&upload(&li, plan, "I-1", &concludes, &[&file]).await);
    let page = li.get(&path).await;
    for words in ["检测报告", "不合格", "报告正文"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let hash = ContentId(Sha256::digest(&file).into()).to_string();
    assert!(page.html().contains(&hash), "the evidence names the file");
    let theirs = li.get(&format!("{path}/upload")).await;
    assert_eq!((theirs.header("content-type"), &theirs.bytes), ("application/pdf", &file));
    let whole = li.get(&format!("{path}/pdf")).await;
    assert!(whole.bytes.starts_with(b"%PDF-") && whole.bytes != file, "{}", whole.text());
    assert!(li.get("/reports?form=uploaded").await.text().contains("I-1"));
    assert!(!li.get("/reports?form=generated").await.text().contains("I-1"));
    let sun = Browser::of(&office, "sun").await;
    assert_eq!(sun.get(&format!("{path}/upload")).await.status, StatusCode::NOT_FOUND);
    let zhao = Browser::of(&office, "zhao").await;
    let page = zhao.get(&path).await;
    let done = zhao.submit(&page, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "R-291: {}", done.text());
}

async fn r_231_r_295_r_300_other_kinds_upload_where_their_rule_says_so(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let file = pdf(1);
    // Maintenance elsewhere: the form has no file, and a file that is sent all the same is refused.
    let action = format!("/plans/{plan}/report");
    let page = li.get(&action).await;
    assert!(!page.takes_files(&action));
    let typed: Vec<(&str, String)> =
        ["report_date", "from", "to"].iter().map(|name| (*name, proposed(&page, name))).collect();
    let mut fields: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("code", "K-1"));
    refused(&li.submit_files(&page, &action, &fields, &[&file]).await, Code::DirectUploadNotAllowed);

    change(&office, ContractKind::Maintenance, true).await;
    refused(&upload(&li, plan, "K-1", &[], &[]).await, Code::PdfRequired);
    allow(&office).await;
    let path = made(&upload(&li, plan, "K-1", &[], &[&file]).await);
    let text = li.get(&path).await.text();
    assert!(text.contains("月表"));
    assert!(
        text.contains("本项目为特殊场所，经青海省消防救援总队于2026年11月16日批准"),
        "R-300: who allowed it: {text}"
    );
    li.submit(&li.get(&path).await, &format!("{path}/delete"), &[]).await;
    change(&office, ContractKind::SafetyEvaluation, false).await;
    let path = made(&upload(&li, plan, "K-2", &[("conclusion", "qualified")], &[&file]).await);
    let text = li.get(&path).await.text();
    assert!(text.contains("评估报告") && !text.contains("结论"), "R-232: {text}");
}
