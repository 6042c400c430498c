//! The text of the pages in both languages, with usual data and empty; and a whole review.

use crate::fixture::{Morning, morning, unsent};
use axum::http::StatusCode;
use firebee_server::{
    sql,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, office::Office};

async fn keep(browser: &Browser, name: &str, path: &str) {
    for language in ["zh-CN", "en"] {
        let browser = browser.asking_for(language);
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html());
        let html = page.html();
        assert!(html.contains(&format!("<html lang=\"{language}\">")), "{path}");
        insta::assert_snapshot!(format!("{name}_{language}"), page.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_with_nothing_in_them_say_so() {
    let office = Office::sqlite().await;
    let (wang, sun) = (Browser::of(&office, "wang").await, Browser::of(&office, "sun").await);
    keep(&wang, "empty_home", "/").await;
    keep(&wang, "empty_tasks", "/tasks").await;
    keep(&wang, "empty_parked", "/parked").await;
    keep(&sun, "empty_project", &format!("/projects/{}", office.projects[1])).await;
    keep(&wang, "sign_in", "/sign-in").await;
    keep(&wang, "password", "/password").await;
    keep(&wang, "account", "/account").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_an_ordinary_morning() {
    let Morning { office, plan, submitted, running, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    keep(&li, "usual_home", "/").await;
    keep(&wang, "usual_home_of_manager", "/").await;
    keep(&wang, "usual_projects", "/projects").await;
    keep(&wang, "usual_staff", "/staff").await;
    keep(&li, "usual_project", &format!("/projects/{}", office.project())).await;
    keep(&li, "usual_plan", &format!("/plans/{plan}")).await;
    keep(&li, "usual_plan_new", &format!("/projects/{}/plans/new", office.project())).await;
    keep(&li, "usual_tasks", "/tasks?state=pending_review").await;
    keep(&li, "usual_task_submitted", &format!("/tasks/{submitted}")).await;
    keep(&li, "usual_task_running", &format!("/tasks/{running}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_is_made_and_issued_by_its_pages() {
    let office = Office::sqlite().await;
    let li = Browser::of(&office, "li").await;
    let new = li.get(&format!("/projects/{}/plans/new", office.project())).await;
    let action = format!("/projects/{}/plans", office.project());
    let made = li.submit(&new, &action, &[("nature", "month"), ("month", "2026-11")]).await;
    let path = made.location().split('?').next().unwrap().to_owned();
    let again = li.get(&format!("/projects/{}/plans/new", office.project())).await;
    let refused = li.submit(&again, &action, &[("nature", "month"), ("month", "2026-11")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("plan_exists") && refused.text().contains("计划已存在"), "{}", refused.text());

    let plan = li.get(&path).await;
    let issue = format!("{path}/issue");
    let ma = office.account("ma").to_string();
    let nobody = li.submit(&plan, &issue, &[("facility", "power-panel"), ("executor", "")]).await;
    assert!(nobody.html().contains("executor_required"));
    assert!(nobody.html().contains("value=\"power-panel\" data-all checked"), "what was chosen stays chosen");
    let done = li.submit(&plan, &issue, &[("facility", "power-panel"), ("executor", &ma)]).await;
    assert!(done.location().contains("?done="), "{}", done.html());
    let after = li.get(done.location()).await;
    assert!(after.html().contains("role=\"status\""));
    assert!(!after.html().contains("value=\"power-panel\""), "nothing of it is left to issue");
    let repeated = li.submit(&plan, &issue, &[("facility", "power-panel"), ("executor", &ma)]).await;
    assert_eq!(repeated.status, StatusCode::SEE_OTHER, "a repeated form has one effect");

    let item = after.html().split("name=\"item\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ignore = [("item", item.as_str()), ("reason", "")];
    let hidden = after.form(&issue);
    let with: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).chain(ignore).collect();
    let refused = li.send_form(&format!("{path}/ignore"), &with, &[]).await;
    assert!(refused.html().contains("text_required"));
    let with: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .chain([("item", item.as_str()), ("reason", "已拆除")])
        .collect();
    assert!(li.send_form(&format!("{path}/ignore"), &with, &[]).await.location().contains("?done="));
    let ignored = li.get(&path).await;
    assert!(ignored.text().contains("已拆除"));
    let restored = li.submit(&ignored, &format!("{path}/restore"), &[("item", &item)]).await;
    assert!(restored.location().contains("?done="));
}

/// a photo's file that is no picture never counts. The page says what helps, and shows the way to it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_152_a_file_that_is_no_picture_sends_the_lead_to_the_rejection() {
    let Morning { office, submitted, mut visit, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/tasks/{submitted}");
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let way = [("way", "owner_refused"), ("explanation", "业主说下季度再修")];
    li.submit(&page, &format!("{path}/faults/{fault}"), &way).await;
    visit.send_blobs(&office, 1).await;
    let forge = async |tx: &mut Tx| {
        let first = sql!("UPDATE blob SET media = 'pdf' WHERE id = (SELECT min(id) FROM blob WHERE media = 'jpeg')");
        tx.execute(first, &[]).await
    };
    assert_eq!(office.app.store.write::<_, StoreError, _>("forge", forge).await.unwrap(), 1);
    visit.send_blobs(&office, 0).await;
    let page = li.get(&path).await;
    let text = page.text();
    assert!(text.contains("有 1 个照片文件不是图片") && text.contains("请审核不通过"), "{text}");
    assert!(page.html().contains("href=\"#review\""), "{}", page.html());
    assert!(!text.contains("未收齐"), "{text}");
    let count = text.split("服务器已核实 ").nth(1).unwrap();
    let (total, rest) = count.split_once(" 个文件中的 ").unwrap();
    let [verified, total]: [u32; 2] = [rest.split_once(" 个").unwrap().0, total].map(|count| count.parse().unwrap());
    assert_eq!(verified + 1, total, "the one that is no picture does not count");
}

/// the way of a review through its pages, each refusal with its sentence and its code.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_152_a_review_goes_its_way_through_the_pages() {
    let Morning { office, submitted, mut visit, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/tasks/{submitted}");
    let review = format!("{path}/review");
    let page = li.get(&path).await;
    let refused = li.submit(&page, &review, &[("decision", "approved"), ("opinion", "看过了")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("faults_not_handled") && refused.text().contains("还有 1 个故障未处理"));
    assert!(refused.html().contains("看过了"), "what was typed stays");

    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let handle = format!("{path}/faults/{fault}");
    let bare = li.submit(&page, &handle, &[("way", "owner_refused"), ("explanation", "")]).await;
    assert!(bare.html().contains("explanation_required"));
    let done = li
        .submit(&page, &handle, &[("way", "owner_refused"), ("explanation", "业主说下季度再修\r\n由业主自行联系厂家")])
        .await;
    assert!(done.location().starts_with(&format!("{path}?done=")) && done.location().ends_with("#faults"));

    let page = li.get(&path).await;
    assert!(page.text().contains("业主说下季度再修") && page.text().contains("业主不同意维修"));
    assert!(page.text().contains("由业主自行联系厂家"), "a browser sends each line end as CR LF");
    let refused = li.submit(&page, &review, &[("decision", "approved"), ("opinion", "")]).await;
    assert!(refused.html().contains("evidence_incomplete"), "{}", refused.text());
    assert!(page.text().contains("还没有收到"), "a picture that has not arrived says so");
    visit.send_blobs(&office, 0).await;
    let page = li.get(&path).await;
    assert!(page.text().contains("可以审核"), "{}", page.text());
    let done = li.submit(&page, &review, &[("decision", "approved"), ("opinion", "")]).await;
    assert!(done.location().starts_with(&format!("{path}?done=")), "{}", done.html());
    let second = li.submit(&page, &review, &[("decision", "approved"), ("opinion", "")]).await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "the same form again");
    let other = li.submit(&page, &review, &[("decision", "rejected"), ("opinion", "请重拍")]).await;
    assert_ne!(other.status, StatusCode::SEE_OTHER, "Back, and the other button");
    assert!(other.html().contains("already_done"), "{}", other.text());
    let zhao = Browser::of(&office, "zhao").await;
    let late = zhao.get(&path).await;
    assert!(!late.html().contains(&format!("action=\"{review}\"")), "nothing is left to decide");
    assert!(late.text().contains("审核通过"));
}

/// files and the points of the record come with a form; what a refused form brought stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_151_r_177_files_come_with_a_form_and_are_shown_to_who_may_read_the_task() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let (li, wang, zhao) =
        (Browser::of(&office, "li").await, Browser::of(&office, "wang").await, Browser::of(&office, "zhao").await);
    let path = format!("/tasks/{submitted}");
    let review = format!("{path}/review");
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let handle = format!("{path}/faults/{fault}");
    let letter: &[u8] = b"%PDF-1.7 the owner's letter";
    let said = [
        ("way", "owner_refused"),
        ("explanation", "业主自修"),
        ("system_stopped", "yes"),
        ("protective_measures", "每两小时巡查"),
        ("confirmed_by", "张经理"),
        ("confirmed_at", "2026-11-16T11:20"),
    ];
    let page_file: &[u8] = b"<html><script>";
    let refused = li.submit_files(&page, &handle, &said, &[page_file]).await;
    assert!(refused.html().contains("attachment_format_unsupported"), "{}", refused.text());
    assert!(
        refused.html().contains("每两小时巡查") && refused.html().contains("2026-11-16T11:20"),
        "what was typed stays"
    );
    let both = li.submit_files(&page, &handle, &said, &[letter, page_file]).await;
    assert_eq!(
        both.html().matches("type=\"checkbox\" name=\"attached\"").count(),
        1,
        "the good one need not come again"
    );
    let flood = "长".repeat(1 << 20);
    let flooded = [said.as_slice(), &[("owner_opinion", flood.as_str())]].concat();
    let refused = li.submit_files(&page, &handle, &flooded, &[]).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "texts have less room than files");
    let long = [b"%PDF-1.7".to_vec(), vec![b' '; 10 << 20]].concat();
    let refused = li.submit_files(&page, &handle, &said, &[&long]).await;
    assert!(refused.html().contains("attachment_too_large") && refused.text().contains("10 MiB"), "{}", refused.text());
    let many: Vec<Vec<u8>> = (0..9).map(|n| format!("%PDF-1.{n}").into_bytes()).collect();
    let many: Vec<&[u8]> = many.iter().map(Vec::as_slice).collect();
    let refused = li.submit_files(&page, &handle, &said, &many).await;
    assert!(
        refused.html().contains("too_many_attachments") && refused.text().contains("超过 8 个"),
        "{}",
        refused.text()
    );
    assert_eq!(refused.html().matches("type=\"checkbox\" name=\"attached\"").count(), 9, "each can be left out");
    let done = li.submit_files(&page, &handle, &said, &[letter]).await;
    assert!(done.location().starts_with(&format!("{path}?done=")) && done.location().ends_with("#faults"));
    let shown = li.get(&path).await;
    for text in ["附件 1（PDF）", "系统停用", "每两小时巡查", "张经理 · 2026-11-16 11:20:00"] {
        assert!(shown.text().contains(text), "{text}: {}", shown.text());
    }
    let link =
        shown.html().split(&format!("{path}/attachments/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let file = format!("{path}/attachments/{link}");
    let read = wang.get(&file).await;
    assert_eq!((read.status, read.bytes.as_slice()), (StatusCode::OK, letter));
    let headers = ["content-type", "cache-control", "content-disposition"].map(|name| read.header(name).to_owned());
    assert_eq!(headers, ["application/pdf", "no-store", "attachment; filename=\"evidence.pdf\""]);
    // A decision without its opinion is refused; the picture that came with it need not be chosen again.
    let picture: &[u8] = crate::fixture::PICTURE;
    let page = zhao.get(&path).await;
    let bare = zhao.submit_files(&page, &review, &[("decision", "rejected"), ("opinion", "")], &[picture]).await;
    assert!(bare.html().contains("opinion_required") && bare.html().contains("name=\"attached\""), "{}", bare.text());
    let named = bare.form(&review).into_iter().find(|(name, _)| name == "attached").unwrap().1;
    let foreign = [("decision", "rejected"), ("opinion", "重做"), ("attached", named.as_str())];
    let theft = li.submit(&li.get(&path).await, &review, &foreign).await;
    assert!(theft.html().contains("attachment_unknown"), "what another brought is no licence: {}", theft.text());
    let done = zhao.submit(&bare, &review, &[("decision", "rejected"), ("opinion", "请补拍铭牌")]).await;
    assert!(done.location().starts_with(&format!("{path}?done=")), "{}", done.text());
    let shown = li.get(&path).await;
    assert!(shown.text().contains("附件 1（JPEG）"), "{}", shown.text());
    let read = li.get(&format!("{path}/attachments/{named}")).await;
    assert_eq!((read.status, read.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert_eq!(li.get(&file).await.status, StatusCode::NOT_FOUND, "a rejection clears the handlings (R-154)");
    Office::found(&office.app, firebee_tests::office::OTHER_FIRM, true).await;
    let mut qian = Browser::new(&office);
    qian.sign_in("qian", firebee_tests::office::PASSWORD).await;
    assert_eq!(qian.get(&format!("{path}/attachments/{named}")).await.status, StatusCode::NOT_FOUND);
}
