//! Lists as files, and views that people name, on both engines.

use crate::{both, lists::copies};
use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};
use std::io::Cursor;

both!(
    /// a list is a workbook, CSV or NDJSON: the rows and columns of its filter, all of them, in its order. A text is
    /// no formula, and a number and a day stay what they are.
    r_387_a_list_is_exported_as_a_workbook_csv_and_ndjson_exactly_as_filtered,
    /// a person names what a list shows, sees it above the list, and deletes it; nobody else sees it.
    r_387_a_view_is_named_kept_and_deleted_by_its_owner,
    /// pages and views that a person keeps stand on the home page, of that person alone.
    r_395_a_persons_shortcuts_stand_on_the_home_page,
);

/// The rows of a workbook's first sheet.
fn rows(page: &Page) -> Vec<Vec<Data>> {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(page.bytes.clone())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

async fn r_387_a_list_is_exported_as_a_workbook_csv_and_ndjson_exactly_as_filtered(office: Office) {
    // More rows than two parts of a file hold, and a name that a spreadsheet would run.
    let mut names: Vec<String> = (0..4_100).map(|n| format!("支线{:04}", (n * 37) % 4_100)).collect();
    names.push("=1+1支线".into());
    copies(&office, names).await;
    let li = Browser::of(&office, "li").await;
    let asked = "/projects?q=%E6%94%AF%E7%BA%BF&sort=name&dir=down";
    let page = li.get(asked).await.html();
    for format in ["xlsx", "csv", "ndjson"] {
        assert!(page.contains(&format!("&#38;as={format}\"")), "{format} of what is shown: {page}");
    }
    let mut wanted: Vec<String> = (0..4_100).map(|n| format!("支线{n:04}")).collect();
    wanted.reverse();
    let file = li.get(&format!("{asked}&as=xlsx&at=x&after=y")).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"projects.xlsx\"");
    let book = rows(&file);
    let titles: Vec<String> = book[0].iter().map(ToString::to_string).collect();
    let columns = ["项目", "业主", "所在城市", "项目负责人", "签订日期", "结束日期", "状态"];
    assert_eq!(titles, columns, "the columns of the page, without what can be done");
    let first = |row: &Vec<Data>| row[0].to_string();
    let (plain, odd): (Vec<String>, Vec<String>) = book[1..].iter().map(first).partition(|name| name.starts_with('支'));
    assert_eq!((plain.len(), &plain), (wanted.len(), &wanted), "each row once, in the order of the page");
    assert_eq!(odd, ["=1+1支线"]);
    let csv = li.get(&format!("{asked}&as=csv")).await.html();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with('\u{feff}') && lines.len() == 4_102, "{}", lines.len());
    assert!(lines.iter().any(|line| line.starts_with("'=1+1支线,")), "a person's spreadsheet runs nothing");
    let machine = li.get(&format!("{asked}&as=csv&for=machine")).await.html();
    assert!(machine.starts_with("项目,") && machine.lines().any(|line| line.starts_with("=1+1支线,")));
    let lines = li.get(&format!("{asked}&as=ndjson")).await.html();
    let names: Vec<String> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).map(named).collect();
    assert_eq!(names.len(), 4_101);
    assert_eq!(
        names.iter().filter(|name| name.starts_with('支')).collect::<Vec<_>>(),
        wanted.iter().collect::<Vec<_>>()
    );
    let wang = Browser::of(&office, "wang").await;
    let contracts = rows(&wang.get("/contracts?as=xlsx").await);
    let (signed, projects) = (&contracts[1][3], &contracts[1][5]);
    assert!(matches!(signed, Data::DateTime(_)) && matches!(projects, Data::Float(_)), "{:?}", contracts[1]);
    for format in ["xlsx", "csv", "ndjson"] {
        let hidden = li.get(&format!("/owners?as={format}")).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND, "a file is no way around: {format}");
        assert_eq!(Browser::new(&office).get(&format!("{asked}&as={format}")).await.status, StatusCode::SEE_OTHER);
    }
}

fn named(row: serde_json::Value) -> String {
    row["part-project"].as_str().unwrap().to_owned()
}

/// Sends the form that names what a page shows, as a browser does; `address` is put in by hand.
async fn name(browser: &Browser, page: &Page, name: &str, address: Option<&str>) -> Page {
    let mut fields = page.form("/views");
    for (field, value) in &mut fields {
        match address {
            Some(address) if field == "address" => address.clone_into(value),
            _ => *value = value.replace("&#38;", "&"),
        }
    }
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("name", name));
    browser.send_form("/views", &fields, &[]).await
}

async fn r_387_a_view_is_named_kept_and_deleted_by_its_owner(office: Office) {
    let li = Browser::of(&office, "li").await;
    let address = "/tasks?state=executing&sort=name";
    let page = li.get("/tasks?sort=name&state=executing&nonsense=1").await;
    let done = name(&li, &page, " 在场任务 ", None).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, address), "{}", done.text());
    name(&li, &page, "在场任务", None).await;
    assert_eq!(office.number(sql!("SELECT count(*) FROM saved_view")).await, 1, "a double click keeps one");
    let link = "<a href=\"/tasks?state=executing&#38;sort=name\"";
    assert!(
        li.get(address).await.html().contains(&format!("{link} aria-current=\"true\"")),
        "it stands above its list"
    );
    assert!(li.get("/tasks").await.html().contains(link) && !li.get("/faults").await.html().contains("在场任务"));
    let wang = Browser::of(&office, "wang").await;
    assert!(!wang.get("/tasks").await.html().contains("在场任务"), "a view is its owner's");
    // A form without a name comes back with what it was about.
    let empty = name(&li, &page, " ", None).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        empty.html().contains("name-wrong") && empty.html().contains("value=\"/tasks?state=executing&#38;sort=name\"")
    );
    for foreign in ["https://evil.example/tasks?a=b", "//evil.example/tasks?a=b", "/faults?a=b"] {
        let refused = name(&li, &page, "别处", Some(foreign)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{foreign}: {}", refused.text());
    }
    let other = li.get("/tasks?state=approved").await;
    name(&li, &other, "在场任务", None).await;
    assert!(
        li.get("/tasks").await.html().contains("<a href=\"/tasks?state=approved\""),
        "the name leads to the newer one"
    );
    // Another person's form reaches nothing of it.
    let html = li.get("/tasks").await.html();
    let delete = html.split("action=\"/views/").nth(1).unwrap().split('"').next().unwrap();
    let delete = format!("/views/{delete}");
    let foreign = wang.get("/tasks?state=approved").await.form("/views");
    let foreign: Vec<(&str, &str)> = foreign.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    wang.send_form(&delete, &foreign, &[]).await;
    assert_eq!(office.number(sql!("SELECT count(*) FROM saved_view")).await, 1);
    let gone = li.submit(&li.get("/tasks").await, &delete, &[]).await;
    assert_eq!((gone.location(), office.number(sql!("SELECT count(*) FROM saved_view")).await), ("/tasks", 0));
    let fill = async move |tx: &mut Tx| {
        for n in 0..100_u128 {
            let insert = sql!(
                "INSERT INTO saved_view(org, account, id, list, name, sort, address, created_ms)
                 SELECT org, id, ?1, '/faults', ?2, ?2, '/faults', 0 FROM account WHERE login = 'li'"
            );
            tx.execute(insert, &row![&uuid::Uuid::from_u128(n), &n.to_string()]).await?;
        }
        Ok::<_, StoreError>(())
    };
    office.app.store.write("fill", fill).await.unwrap();
    let full = name(&li, &page, "又一个", None).await;
    assert!(full.html().contains("views_full") && full.html().contains("value=\"又一个\""), "{}", full.text());
}

async fn r_395_a_persons_shortcuts_stand_on_the_home_page(office: Office) {
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    let page = li.get("/views").await;
    assert!(page.text().contains("还没有常用操作"), "{}", page.text());
    for (address, entry) in [("/tasks", true), ("/projects", true), ("/devices", false)] {
        let offered = page.html().contains(&format!("<option value=\"{address}\""));
        assert_eq!(offered, entry, "{address}: the places of the navigation are offered");
    }
    let unnamed = li.submit(&page, "/views", &[("address", "/tasks"), ("name", " ")]).await;
    assert!(unnamed.html().contains("name-wrong"), "{}", unnamed.text());
    for (address, name) in [("/tasks", "任务总表"), ("/projects", "我的项目")] {
        let done = li.submit(&page, "/views", &[("address", address), ("name", name)]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/views"), "{}", done.text());
    }
    let list = li.get("/tasks?sort=name&state=executing").await;
    name(&li, &list, "在场任务", None).await;
    let home = li.get("/").await.html();
    for link in ["<a href=\"/projects\" lang=\"zh-CN\">我的项目", "<a href=\"/tasks\" lang=\"zh-CN\">任务总表"]
    {
        assert!(home.contains(link), "{link}: {home}");
    }
    assert!(home.contains(">在场任务</a>"), "a view of a list is a shortcut, too");
    assert!(!wang.get("/").await.text().contains("我的项目") && !wang.get("/views").await.text().contains("我的项目"));
    let shown = li.get("/views").await;
    let delete = shown.html().split("action=\"/views/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let gone = li.submit(&shown, &format!("/views/{delete}"), &[]).await;
    assert_eq!((gone.status, gone.location()), (StatusCode::SEE_OTHER, "/views"));
    assert_eq!(office.number(sql!("SELECT count(*) FROM saved_view")).await, 2);
}
