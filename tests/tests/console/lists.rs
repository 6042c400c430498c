//! Lists: found, sorted, cut and exported by the database, on both engines.

use crate::{
    both,
    fixture::{Morning, unsent},
};
use axum::http::StatusCode;
use firebee_domain::spelling::Spelled;
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, office::Office};

both!(
    /// Every list is searched, sorted and paged by the database; its address is the filter; its file is what was
    /// filtered.
    a_list_is_searched_sorted_paged_and_exported_as_its_address_says,
    /// Words are found in any case and any width, on both engines.
    words_are_found_alike_whatever_the_database_takes_for_a_small_letter,
    /// names are found by their characters, by pinyin and by initials, and sorted by pinyin, on both engines.
    r_387_names_are_found_by_pinyin_and_by_initials_and_sorted_by_pinyin,
    /// a list is narrowed by state and by month; the numbers beside the states are those of the rest of the filter, and
    /// its file holds what is shown.
    r_387_a_list_is_narrowed_by_state_month_owner_and_facility_and_its_numbers_add_up,
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

pub async fn copies(office: &Office, names: Vec<String>) {
    let first = office.project();
    let write = async move |tx: &mut Tx| {
        for (n, name) in (1_u128..).zip(&names) {
            let copy = sql!(
                "INSERT INTO project (org, id, contract, lead, unit, end_date, terminated, name, sort, find, body)
                 SELECT org, ?1, contract, lead, unit, end_date, terminated, ?2, ?6, ?7,
                     REPLACE(REPLACE(body, '\"name\":\"中仪大厦\"', ?3), ?4, ?5)
                 FROM project WHERE name = '中仪大厦'"
            );
            let id = uuid::Uuid::from_u128(n);
            let (named, own, new) = (format!("\"name\":\"{name}\""), first.to_string(), id.to_string());
            let Spelled { sort, find } = Spelled::of(name);
            tx.execute(copy, &row![&id, name, &named, &own, &new, &sort, &find]).await?;
        }
        Ok::<_, StoreError>(())
    };
    office.app.store.write("copies", write).await.unwrap();
}

/// A value of an address.
fn in_address(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn a_list_is_searched_sorted_paged_and_exported_as_its_address_says(office: Office) {
    copies(&office, (0..120).map(|n| format!("支线{:03}", (n * 37) % 120)).collect()).await;
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
    let kept = "<input type=\"hidden\" name=\"dir\" value=\"down\">";
    assert!(sorted.html().contains(kept), "another search keeps the direction: {}", sorted.html());
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
    let Spelled { sort, find } = Spelled::of("CAFÉ Ａ座 Straße");
    let rename = async move |tx: &mut Tx| {
        let set = sql!("UPDATE project SET name = ?1, sort = ?2, find = ?3");
        tx.execute(set, &row!["CAFÉ Ａ座 Straße", &sort, &find]).await?;
        let login = sql!("UPDATE account SET login = ?1, find = ?2 WHERE login = ?3");
        tx.execute(login, &row!["ÜNAL.ÉX7", &Spelled::of("ÜNAL.ÉX7").find, "sun"]).await?;
        Ok::<_, StoreError>(())
    };
    office.app.store.write::<_, StoreError, _>("rename", rename).await.unwrap();
    let li = Browser::of(&office, "li").await;
    let found = async |words: &str| names(&li.get(&format!("/projects?q={}", in_address(words))).await.html()).len();
    for (words, count) in [
        ("cafÉ", 1),
        ("CAFÉ", 1),
        ("ａ座", 1),
        ("A座", 1),
        ("café", 1),
        ("cafe", 0),
        ("STRAß", 1),
        ("座 s", 1),
        ("s 座", 1),
    ] {
        assert_eq!(found(words).await, count, "{words}");
    }
    let staff = Browser::of(&office, "wang").await;
    for words in ["ünal.éx7", "ÜNAL.ÉX7", "ü é"] {
        let page = staff.get(&format!("/staff?q={}", in_address(words))).await.text();
        assert!(page.contains("ÜNAL.ÉX7 · "), "a login is found in any case: {page}");
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

async fn r_387_names_are_found_by_pinyin_and_by_initials_and_sorted_by_pinyin(office: Office) {
    copies(&office, ["重庆大厦", "安宁医院", "现代城A座", "西安路商场"].map(str::to_owned).into()).await;
    // An operator who is sent may be found by the same words as a lead; here the lead looks at the projects.
    let li = Browser::of(&office, "li").await;
    let found = async |words: &str| names(&li.get(&format!("/projects?q={}", in_address(words))).await.html());
    for (words, wanted) in [
        ("重庆", vec!["重庆大厦"]),
        ("chongqing", vec!["重庆大厦"]),
        ("CQDS", vec!["重庆大厦"]),
        ("zqds", vec!["重庆大厦"]),
        ("xdcaz", vec!["现代城A座"]),
        ("xdc az", vec!["现代城A座"]),
        ("anning yy", vec!["安宁医院"]),
        ("xa", vec!["西安路商场"]),
        ("nosuch", vec![]),
    ] {
        assert_eq!(found(words).await, wanted, "{words}");
    }
    let sorted = async |dir: &str| names(&li.get(&format!("/projects?sort=name&dir={dir}")).await.html());
    let wanted = ["安宁医院", "西安路商场", "现代城A座", "重庆大厦", "中仪大厦"];
    let (up, mut down) = (sorted("up").await, sorted("down").await);
    let of_these =
        |all: Vec<String>| all.into_iter().filter(|name| wanted.contains(&name.as_str())).collect::<Vec<_>>();
    down.reverse();
    // 重 sorts by its usual reading, zhòng, behind 中, zhōng.
    assert_eq!(of_these(up.clone()), ["安宁医院", "西安路商场", "现代城A座", "中仪大厦", "重庆大厦"]);
    assert_eq!(up, down);
    // The owner's and the lead's names are searched too.
    assert!(found("zydswygl").await.contains(&"安宁医院".to_owned()));
    assert!(found("lijianguo").await.contains(&"安宁医院".to_owned()));
}

async fn r_387_a_list_is_narrowed_by_state_month_owner_and_facility_and_its_numbers_add_up(office: Office) {
    let Morning { office, .. } = Box::pin(unsent(office)).await;
    let li = Browser::of(&office, "li").await;
    let shown = async |query: &str| names(&li.get(&format!("/tasks?{query}")).await.html()).len();
    assert_eq!(shown("").await, 2);
    // By the initials of the owner, of the executor, of a facility.
    assert_eq!((shown("q=zydswygl").await, shown("q=mxy").await, shown("q=maxiaoyan").await), (2, 1, 1));
    let facility = in_address("发电机");
    let by_characters = shown(&format!("q={facility}")).await;
    assert_eq!((shown("q=fadianji").await, shown("q=fdj").await), (by_characters, by_characters));
    assert!(by_characters > 0);
    // By month, and by state within it.
    assert_eq!((shown("month=2026-11").await, shown("month=2026-10").await), (2, 0));
    assert_eq!((shown("month=2026-11&state=executing").await, shown("state=pending_review").await), (1, 1));
    // Every chip says how many rows it leads to, whatever else narrows the list.
    for narrowed in ["", "month=2026-11", "month=2026-10", "q=mxy", "q=mxy&month=2026-11"] {
        let page = li.get(&format!("/tasks?{narrowed}")).await.html();
        let nav = page.split("<nav class=\"filters\"").nth(1).unwrap().split("</nav>").next().unwrap().to_owned();
        let mut chips = 0;
        for chip in nav.split("<a href=\"").skip(1) {
            let href = chip.split('"').next().unwrap().replace("&#38;", "&");
            let count: usize =
                chip.split("<span class=\"soft\">").nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
            assert_eq!(names(&li.get(&href).await.html()).len(), count, "{href}");
            chips += 1;
        }
        assert!(chips > 3, "{nav}");
    }
    // The form keeps what the address asks for, and the file holds what is shown.
    let page = li.get("/tasks?state=executing&month=2026-11").await.html();
    assert!(page.contains("type=\"month\" value=\"2026-11\"") && page.contains("name=\"state\" value=\"executing\""));
    let file = li.get("/tasks?state=executing&month=2026-11&as=csv").await.html();
    assert_eq!(file.lines().count(), 2, "{file}");
    // The other lists by the same words.
    for (path, found) in [
        ("/faults?q=zydswygl", 1),
        ("/faults?q=zyds&month=2026-11", 1),
        ("/faults?month=2026-10", 0),
        ("/faults?state=unhandled&q=zyds", 1),
        ("/plans?q=zyds&month=2026-11&nature=month", 1),
        ("/plans?month=2026-12", 0),
        ("/projects?state=active&q=zyds", 1),
        ("/projects?state=terminated", 0),
        ("/devices?q=mxy", 1),
        ("/instruments?q=nothing", 0),
    ] {
        assert_eq!(names(&li.get(path).await.html()).len(), found, "{path}");
    }
    let wang = Browser::of(&office, "wang").await;
    assert!(wang.get("/staff?q=ljg").await.text().contains("李建国"));
    assert!(!wang.get("/staff?q=ljg").await.text().contains("陈刚"));
    // Whoever may not read a project is not told its name.
    assert_eq!(
        Browser::of(&office, "sun").await.get(&format!("/tasks?project={}", office.project())).await.status,
        StatusCode::NOT_FOUND
    );
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
