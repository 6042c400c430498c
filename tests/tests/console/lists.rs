//! Lists: found, sorted, cut and exported by the database, on both engines.

use crate::{
    both,
    fixture::{Morning, unsent},
};
use axum::http::StatusCode;
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, office::Office};

both!(
    /// Every list is searched, sorted and paged by the database; its address is the filter; its file is what was
    /// filtered.
    a_list_is_searched_sorted_paged_and_exported_as_its_address_says,
    /// Words are found in any case of the letters A to Z, and every other letter as it stands, on both engines.
    words_are_found_alike_whatever_the_database_takes_for_a_small_letter,
);

/// The names of a page's rows, in their order.
fn names(html: &str) -> Vec<String> {
    let rows = html.split("<th scope=\"row\">").skip(1);
    rows.map(|row| row.split("lang=\"zh-CN\">").nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

/// The way to the next page.
fn next(html: &str) -> Option<String> {
    let link = html.split("rel=\"next\" href=\"").nth(1)?;
    Some(link.split('"').next()?.replace("&#38;", "&").replace("&amp;", "&"))
}

async fn copies(office: &Office, count: u32) {
    let first = office.project();
    let write = async move |tx: &mut Tx| {
        for n in 0..count {
            let name = format!("支线{:03}", (n * 37) % count);
            let copy = sql!(
                "INSERT INTO project (org, id, contract, lead, unit, name, body)
                 SELECT org, ?1, contract, lead, unit, ?2, REPLACE(REPLACE(body, '\"name\":\"中仪大厦\"', ?3), ?4, ?5)
                 FROM project WHERE name = '中仪大厦'"
            );
            let id = uuid::Uuid::from_u128(u128::from(n) + 1);
            let (named, own, new) = (format!("\"name\":\"{name}\""), first.to_string(), id.to_string());
            tx.execute(copy, &row![&id, &name, &named, &own, &new]).await?;
        }
        Ok::<_, StoreError>(())
    };
    office.app.store.write("copies", write).await.unwrap();
}

async fn a_list_is_searched_sorted_paged_and_exported_as_its_address_says(office: Office) {
    copies(&office, 120).await;
    let li = Browser::of(&office, "li").await;
    // The pages hold each row once, in the order, and the last one has no next.
    let (mut path, mut seen, mut pages) = ("/projects?q=%E6%94%AF%E7%BA%BF".to_owned(), Vec::new(), 0);
    loop {
        let page = li.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        seen.extend(names(&page.html()));
        pages += 1;
        match next(&page.html()) {
            Some(next) => path = next,
            None => break,
        }
    }
    let wanted: Vec<String> = (0..120).map(|n| format!("支线{n:03}")).collect();
    assert_eq!((&seen, pages), (&wanted, 3));
    let sorted = li.get("/projects?q=%E6%94%AF%E7%BA%BF&sort=name&dir=down").await;
    assert!(sorted.html().contains("aria-sort=\"descending\""), "{}", sorted.text());
    assert_eq!(names(&sorted.html())[..2], ["支线119", "支线118"]);
    let none = li.get("/projects?q=%25").await;
    assert!(
        none.text().contains("没有您可以查看的项目"),
        "a sign of a pattern is searched for as itself: {}",
        none.text()
    );
    let file = li.get("/projects?q=%E6%94%AF%E7%BA%BF&as=csv").await;
    assert_eq!(file.html().lines().count(), 121, "the titles and what was filtered");
    let usual = li.get("/projects").await;
    assert!(usual.html().contains("aria-sort=\"ascending\""), "the usual order is marked: {}", usual.text());
    assert!(usual.html().contains("/projects?sort=name&#38;dir=down"), "its title leads to the other direction");
    let odd = li.get("/projects?sort=nonsense&dir=x&at=x&after=%00&page=9").await;
    assert_eq!(odd.status, StatusCode::OK, "what cannot be read is ignored");
}

async fn words_are_found_alike_whatever_the_database_takes_for_a_small_letter(office: Office) {
    let rename =
        async move |tx: &mut Tx| tx.execute(sql!("UPDATE project SET name = ?1"), &row!["CAFÉ Ａ座 Straße"]).await;
    office.app.store.write::<_, StoreError, _>("rename", rename).await.unwrap();
    let li = Browser::of(&office, "li").await;
    let found = async |words: &str| {
        let words: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
        names(&li.get(&format!("/projects?q={words}")).await.html()).len()
    };
    for (words, count) in
        [("cafÉ", 1), ("CAFÉ", 1), ("ａ座", 0), ("Ａ座", 1), ("café", 0), ("STRAß", 1), ("strass", 0), ("座 s", 1)]
    {
        assert_eq!(found(words).await, count, "{words}");
    }
}

/// lists, their files and pages say of each time of a fact what is proved of it, and what the phone's clock showed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_128_lists_files_and_pages_say_how_sure_the_time_of_a_fact_is() {
    let Morning { office, submitted, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let proved = "证实";
    for path in ["/tasks", "/faults", "/", &format!("/tasks/{submitted}"), &format!("/projects/{}", office.project())] {
        assert!(li.get(path).await.text().contains(proved), "{path}: {}", li.get(path).await.text());
    }
    for (list, time) in [("/tasks", "提交时间"), ("/faults", "发现时间")] {
        let file = li.get(&format!("{list}?as=csv")).await.html();
        let mut lines = file.lines();
        let titles: Vec<&str> = lines.next().unwrap().trim_start_matches('\u{feff}').split(',').collect();
        let at = titles.iter().position(|title| *title == time).unwrap();
        assert_eq!(titles[at + 1], "时间依据", "{list}: {titles:?}");
        assert!(lines.any(|line| line.contains(proved)), "{list}: {file}");
    }
    let english = Browser::of(&office, "li").await.asking_for("en").get("/tasks").await.text();
    assert!(english.contains("Proved"), "{english}");
    // What the office does has the server's own time, and needs no word about it.
    let wang = Browser::of(&office, "wang").await;
    let log = wang.get("/log?as=csv").await.html();
    assert!(!log.contains("时间依据") && !log.contains(proved), "{log}");
}

/// the orders of tasks, and words of names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_132_tasks_are_found_by_words_and_sorted_by_every_column() {
    let Morning { office, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let usual = li.get("/tasks").await;
    assert_eq!(names(&usual.html()).len(), 2);
    assert_eq!(usual.html().matches("aria-sort=").count(), 1);
    assert!(
        usual.html().contains("<th scope=\"col\" aria-sort=\"descending\"><a href=\"/tasks?sort=time&#38;dir=up\">")
    );
    for sort in ["time", "name", "project", "executor", "state", "in_time"] {
        let by = async |dir: &str| names(&li.get(&format!("/tasks?sort={sort}&dir={dir}")).await.html());
        let (up, mut down) = (by("up").await, by("down").await);
        down.reverse();
        assert_eq!(up, down, "{sort}");
    }
    let found = li.get("/tasks?q=%E9%A9%AC%E6%99%93%E7%87%95").await;
    assert_eq!(names(&found.html()).len(), 1, "the tasks of 马晓燕: {}", found.text());
    assert!(found.html().contains("value=\"马晓燕\""), "the field keeps its words");
    let wang = Browser::of(&office, "wang").await;
    assert_eq!(wang.get("/staff?q=nobody").await.status, StatusCode::OK);
    let file = wang.get("/staff?as=csv&q=li").await;
    assert!(file.html().contains("李建国") && !file.html().contains("王芳"), "{}", file.html());
}
