//! What the fire service looks at: reports in time, the sample of a week, checks on site, and that its reading is written down
//!

use super::report::{approved, generate, made};
use crate::both;
use axum::http::StatusCode;
use firebee_domain::code::Code;
use firebee_server::sql;
use firebee_tests::{browse::Browser, office::Office};

both!(
    /// the figures of units above and below, each opens its list; paused months are left out.
    r_341_r_345_reports_in_time_are_counted_and_each_figure_opens_its_list,
    /// the sample is drawn once a week by a seed that is shown, with selfie, track and faults.
    r_340_the_sample_of_a_week_is_drawn_once_and_shows_its_evidence,
    /// a check on site is recorded by whoever is in charge, and the firm reads it.
    r_342_a_check_on_site_is_recorded_and_the_firm_reads_it,
    /// the fire service reads pages of its own subtree, and each reading is written down for the firm and for itself.
    r_344_what_the_fire_service_reads_is_written_down,
);

async fn r_341_r_345_reports_in_time_are_counted_and_each_figure_opens_its_list(office: Office) {
    office.oversee().await;
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let (hu, bao) = (Browser::of(&office, "hu").await, Browser::of(&office, "bao").await);
    let path = made(&generate(&li, plan, "S-1").await);
    let page = bao.get("/oversight").await;
    assert!(page.text().contains("西宁市城中区消防救援大队"), "{}", page.text());
    // January to October of 2026 have no report; that of November can still be filed.
    for standing in ["missing", "waiting"] {
        assert!(page.html().contains(&format!("/oversight/months?standing={standing}")), "{standing}");
    }
    let missing = bao.get("/oversight/months?standing=missing").await.text();
    assert!(missing.contains("共 10 个月份") && missing.contains("2026年10月"), "{missing}");
    assert!(bao.get("/oversight/months?standing=waiting").await.html().contains(&path));
    let filed = zhao.get(&path).await;
    zhao.submit(&filed, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    let text = hu.get("/oversight?by=month&month=2026-11").await.text();
    assert!(text.contains("2026年11月") && text.contains("100%"), "R-344: the corps sees its subtree: {text}");
    assert!(hu.get("/oversight?by=firm").await.text().contains("青海安泰消防技术服务有限公司"));
    let home = hu.get("/").await;
    assert!(home.text().contains("上月未出具报告") && home.html().contains("/oversight/months?month=2026-10"));

    let wang = Browser::of(&office, "wang").await;
    let pauses = format!("/projects/{}/pauses", office.project());
    let page = wang.get(&pauses).await;
    let done = wang.submit(&page, &pauses, &[("month", "2026-03"), ("reason", "停业装修")]).await;
    let pause = format!("{pauses}/{}", done.location().split("?done=").nth(1).unwrap());
    let page = bao.get(&pause).await;
    bao.submit(&page, &pause, &[("decision", "approved"), ("reason", "")]).await;
    let missing = bao.get("/oversight/months?standing=missing").await.text();
    assert!(missing.contains("共 9 个月份") && !missing.contains("2026年3月"), "R-325: {missing}");
    let far = Browser::of(&office, "far").await;
    assert!(!far.get("/oversight/projects").await.text().contains("中仪大厦"), "R-344");
    assert!(bao.get("/oversight/projects").await.text().contains("中仪大厦"));
    for path in ["/oversight", "/oversight/months", "/oversight/projects", "/samples"] {
        assert_eq!(wang.get(path).await.status, StatusCode::NOT_FOUND, "{path} is the fire service's");
    }
    let terminated = format!("/projects/{}/terminate", office.project());
    let page = wang.get(&format!("/projects/{}", office.project())).await;
    wang.submit(&page, &terminated, &[("reason", "合同解除")]).await;
    assert!(bao.get("/oversight/months").await.text().contains("共 0 个月份"), "R-333");
}

async fn r_340_the_sample_of_a_week_is_drawn_once_and_shows_its_evidence(office: Office) {
    office.oversee().await;
    let (_, task) = approved(&office).await;
    let bao = Browser::of(&office, "bao").await;
    let this = firebee_domain::oversight::Week::of(office.app.clock.now().china_day());
    let runs = bao.get(&format!("/samples/{this}")).await;
    assert!(runs.text().contains("这一周还没有结束"), "{}", runs.text());
    let week = format!("/samples/{this}");
    let hidden = bao.get("/password").await.form("/password");
    let forged: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let early = bao.send_form(&week, &forged, &[]).await;
    assert!(early.html().contains(Code::WeekNotOver.word()), "{}", early.text());

    office.clock.advance_ms(7 * 86_400_000);
    let (bao, far) = (Browser::of(&office, "bao").await, Browser::of(&office, "far").await);
    assert_eq!(bao.get("/samples").await.location(), week, "the last week that is over");
    let page = bao.get(&week).await;
    let done = bao.submit(&page, &week, &[]).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let drawn = bao.get(&week).await;
    let text = drawn.text();
    for word in ["随机种子", "从 2 个任务中抽取 2 个", "提交人自拍", "故障 1 项，已解决 0 项"]
    {
        assert!(text.contains(word), "{word}: {text}");
    }
    let html = drawn.html();
    let selfie = html.split("<img src=\"").find(|rest| rest.starts_with(&format!("/tasks/{task}/"))).unwrap();
    let selfie = selfie.split('"').next().unwrap().to_owned();
    assert_eq!(bao.get(&selfie).await.status, StatusCode::OK, "the selfie is seen");
    assert!(bao.get(&format!("/tasks/{task}")).await.html().contains("id=\"track\""), "track against fence");
    assert_eq!(far.get(&selfie).await.status, StatusCode::NOT_FOUND);
    let seed = |html: &str| html.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let hidden = bao.get("/password").await.form("/password");
    let forged: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    bao.send_form(&week, &forged, &[]).await;
    assert_eq!(seed(&bao.get(&week).await.html()), seed(&html), "a second drawing leaves the first");
    assert_eq!(office.number(sql!("SELECT count(*) FROM sample")).await, 1);

    let record = format!("/projects/{}/checks/new", office.project());
    let page = bao.get(&format!("{record}?task={task}")).await;
    let fields = [("day", "2026-11-20"), ("outcome", "differs"), ("findings", "轨迹不完整")];
    let done = bao.submit(&page, &record, &fields).await;
    assert!(done.location().contains("/checks/"), "{}", done.text());
    assert!(bao.get(&week).await.text().contains("与现场不一致"), "the sample shows what was found");
}

async fn r_342_a_check_on_site_is_recorded_and_the_firm_reads_it(office: Office) {
    office.oversee().await;
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let (wang, bao) = (Browser::of(&office, "wang").await, Browser::of(&office, "bao").await);
    let path = made(&generate(&li, plan, "C-1").await);
    let page = zhao.get(&path).await;
    zhao.submit(&page, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    let report = path.rsplit('/').next().unwrap();
    let project = format!("/projects/{}", office.project());
    let record = format!("{project}/checks/new");
    assert_eq!(wang.get(&record).await.status, StatusCode::NOT_FOUND, "a firm checks nothing");
    assert!(bao.get(&project).await.html().contains(&record));
    let page = bao.get(&record).await;
    let silent = [("report", report), ("day", "2099-01-01"), ("outcome", "falsified"), ("findings", " ")];
    let wrong = bao.submit(&page, &record, &silent).await;
    assert!(wrong.html().contains("check_day_in_future") && wrong.html().contains("text_required"), "{}", wrong.text());
    let today = office.app.clock.now().china_day().to_string();
    let fields = [("report", report), ("day", today.as_str()), ("outcome", "differs"), ("findings", "水泵处于手动")];
    let done = bao.submit_files(&page, &record, &fields, &[b"%PDF-1.7\nphoto".as_slice()]).await;
    let address = done.location().split('?').next().unwrap().to_owned();
    assert!(address.contains("/checks/"), "{}", done.text());
    let seen = wang.get(&address).await;
    for word in ["与现场不一致", "水泵处于手动", "C-1", "西宁市城中区消防救援大队"] {
        assert!(seen.text().contains(word), "{word}: {}", seen.text());
    }
    let file = seen.html().split("href=\"").find(|rest| rest.contains("/files/")).unwrap().to_owned();
    assert_eq!(wang.get(file.split('"').next().unwrap()).await.status, StatusCode::OK);
    assert!(bao.get("/checks?outcome=differs").await.html().contains(&address));
    assert!(!Browser::of(&office, "far").await.get("/checks").await.html().contains(&address));
    assert!(!Browser::of(&office, "sun").await.get("/checks").await.html().contains(&address), "R-032: another lead");
}

async fn r_344_what_the_fire_service_reads_is_written_down(office: Office) {
    office.oversee().await;
    let (_, task) = approved(&office).await;
    let (bao, far) = (Browser::of(&office, "bao").await, Browser::of(&office, "far").await);
    let path = format!("/tasks/{task}");
    let page = bao.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(!page.html().contains("action=\"/tasks/"), "it reads and changes nothing");
    assert_eq!(far.get(&path).await.status, StatusCode::NOT_FOUND, "not its subtree");
    let wang = Browser::of(&office, "wang").await;
    let log = wang.get("/readings").await;
    let text = log.text();
    assert!(log.html().contains(&path) && text.contains("西宁市城中区消防救援大队"), "{text}");
    assert!(!text.contains("包山"), "a firm is told the unit, not the officer: {text}");
    assert!(!text.contains("甘肃"), "what was not found was not read");
    let own = Browser::of(&office, "hu").await.get("/readings").await.text();
    assert!(own.contains("包山") && own.contains("青海安泰"), "the corps sees the readings of its units: {own}");
    assert!(!far.get("/readings").await.text().contains("包山"));
    assert_eq!(Browser::of(&office, "li").await.get("/readings").await.status, StatusCode::NOT_FOUND);
    assert_eq!(wang.get(&path).await.status, StatusCode::OK);
    assert_eq!(
        office.number(sql!("SELECT count(DISTINCT account) FROM reading")).await,
        2,
        "a firm's own reading is none"
    );
}
