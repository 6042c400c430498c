//! Projects, buildings, design values and positions as tables, and every table out and in again, on both engines.

use crate::{
    both,
    imports::{address, apply, bring, counts, workbook},
};
use axum::http::StatusCode;
use encoding_rs::GB18030;
use firebee_domain::{code::Code, fault::FaultState, history::OpenFault, id::FaultId, result::FaultText};
use firebee_server::{
    office::project::{TakeBack, take_back},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office, PASSWORD},
};
use uuid::Uuid;

both!(
    /// projects come as CSV of an old spreadsheet, buildings as a workbook; each row becomes the act of its form, an empty
    /// cell leaves what is there, and the same table twice changes nothing.
    r_372_projects_and_buildings_come_as_tables,
    /// what the catalogue asks of the design goes out as a table, comes in filled in, and reaches the page of the facility.
    r_363_r_372_the_design_is_filled_in_as_a_table,
    /// instances come as a table; one whose tag is known is worded anew and keeps its number.
    r_361_r_372_positions_come_as_a_table_and_keep_their_numbers,
    /// a row that breaks a rule is named by its cell, and no table is for somebody who may not use the form.
    r_372_each_wrong_cell_of_the_further_tables_is_named,
    /// a batch is taken back as a whole, while nothing refers to what it made.
    r_372_what_a_table_made_goes_again_while_nothing_refers_to_it,
    /// a column whose title nobody knows is named by hand.
    r_372_a_column_with_another_title_is_named_by_hand,
    /// every table goes out as it comes in, also with names that look like formulas.
    r_372_what_goes_out_as_a_table_comes_in_again_and_changes_nothing,
);

const KINDS: [&str; 6] = ["owners", "contacts", "projects", "buildings", "design", "positions"];
const OWNER: &str = "中仪大厦物业管理有限公司";
const CONTRACT: &str = "中仪大厦消防设施维保合同";

/// Lets the first project have a facility that asks for values of the design.
async fn tick_pool(office: &Office) {
    let ticked = async move |tx: &mut Tx| {
        let tick = sql!("UPDATE project SET body = replace(body, '\"power-genset\"', '\"power-genset\",\"ws-pool\"')");
        tx.execute(tick, &[]).await.map(drop)
    };
    office.app.store.write::<_, StoreError, _>("tick", ticked).await.unwrap();
}

/// The only project of a name.
async fn project(wang: &Browser, name: &str) -> Page {
    let list = wang.get("/projects").await.html();
    let at = list.split("href=\"/projects/").find(|rest| rest.contains(&format!(">{name}<"))).unwrap().to_owned();
    wang.get(&format!("/projects/{}", at.split('"').next().unwrap())).await
}

/// Brings a table that nothing is wrong with, applies it, and leads to its page.
async fn brought(wang: &Browser, kind: &str, file: &[u8], expected: [u64; 4]) -> String {
    let page = bring(wang, kind, file).await;
    assert_eq!(counts(&page), expected, "{kind}: {}", page.text());
    let done = apply(wang, &page).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{kind}: {}", done.text());
    let shown = wang.get(done.location()).await;
    assert!(shown.text().contains("已导入"), "{kind}: {}", shown.text());
    address(&page)
}

async fn undo(wang: &Browser, batch: &str) -> Page {
    wang.submit(&wang.get(batch).await, &format!("{batch}/undo"), &[]).await
}

async fn r_372_projects_and_buildings_come_as_tables(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let csv = format!(
        "业主,合同,项目,城市,项目地址,负责人,信用代码,经纬度,坐标系,重点单位,辖区,总价,行业\r\n\
         {OWNER},{CONTRACT},昆仑小学,西宁市,城西区五四大街４号,李建国,null,\"101.778000，36.617000\",gcj-02,否,\
         西宁市城中区消防救援大队,12000,教育\r\n\
         {OWNER},{CONTRACT},中仪大厦,,,li,NULL,,,中仪大厦,,,商业\r\n"
    );
    let csv = GB18030.encode(&csv).0.into_owned();
    brought(&wang, "projects", &csv, [1, 1, 0, 0]).await;
    assert_eq!((office.acts("create_project").await, office.acts("change_project").await), (1, 1));
    let school = project(&wang, "昆仑小学").await;
    let form = wang.get(&format!("{}/edit", school.html().split("action=\"").find_map(own).unwrap())).await.html();
    for held in ["城西区五四大街４号", "36.617000, 101.778000", "value=\"教育\"", "value=\"12000\"", "value=\"NULL\""]
    {
        assert!(form.contains(held), "{held}: {form}");
    }
    let tower = project(&wang, "中仪大厦").await.text();
    assert!(
        tower.contains("城中区长江路10号") && tower.contains("主楼"),
        "an empty cell leaves what is there: {tower}"
    );
    let known = bring(&wang, "projects", &csv).await;
    assert_eq!(counts(&known), [0, 0, 2, 0], "twice changes nothing: {}", known.text());

    let rows: &[&[&str]] = &[
        &[
            "项目名称",
            "建筑物名称",
            "面积",
            "地上面积",
            "地下面积",
            "地上层数",
            "高度（米）",
            "储水设施",
            "只包括一部分",
            "备注",
        ],
        &["中仪大厦", "主楼", "", "", "", "", "#63", "", "", ""],
        &[
            "昆仑小学",
            "教学楼",
            "#4000.5",
            "#4000.5",
            "０",
            "#4",
            "16",
            "水池/地下一层/108；水箱/屋顶/18",
            "是",
            "仅一至三层",
        ],
    ];
    let book = workbook(rows);
    brought(&wang, "buildings", &book, [1, 1, 0, 0]).await;
    assert_eq!(office.acts("put_building").await, 2);
    let text = project(&wang, "昆仑小学").await.text();
    for held in ["教学楼", "4000.5", "水池：地下一层，108 立方米", "水箱：屋顶，18 立方米", "仅一至三层"]
    {
        assert!(text.contains(held), "{held}: {text}");
    }
    let tower = project(&wang, "中仪大厦").await.text();
    assert!(tower.contains("63") && tower.contains("地下二层，432") && tower.contains("12000.5"), "{tower}");
    assert_eq!(counts(&bring(&wang, "buildings", &book).await), [0, 0, 2, 0]);
    let log = wang.get("/log?kind=put_building").await.text();
    assert!(log.contains("录入建筑物"), "{log}");
}

/// The address of the project whose page has this form.
fn own(action: &str) -> Option<String> {
    let id = action.strip_prefix("/projects/")?.get(..36)?;
    Some(format!("/projects/{id}"))
}

async fn r_363_r_372_the_design_is_filled_in_as_a_table(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    tick_pool(&office).await;
    let out = format!("/imports/rows?kind=design&project={}&as=csv&for=machine", office.project());
    let table = wang.get(&out).await.html();
    let asked = table.lines().find(|line| line.contains("水池")).unwrap();
    assert!(asked.starts_with(&format!("{OWNER},{CONTRACT},中仪大厦,")) && asked.ends_with(",,,"), "{asked}");
    let rows = u64::try_from(table.lines().count() - 1).unwrap();
    let filled = table.replacen(asked, &format!("{},４３２,水施-12,2021/5/6", asked.trim_end_matches(",,,")), 1);
    brought(&wang, "design", filled.as_bytes(), [1, 0, rows - 1, 0]).await;
    assert_eq!(office.acts("enter_design").await, 1, "a row without a value says nothing");
    let facility = format!("/projects/{}/facilities/ws-pool", office.project());
    let text = wang.get(&facility).await.text();
    assert!(text.contains("432 m³") && text.contains("水施-12 · 2021年5月6日"), "{text}");
    let next = filled.replace("４３２", "500");
    let second = brought(&wang, "design", next.as_bytes(), [0, 1, rows - 1, 0]).await;
    assert!(wang.get(&facility).await.text().contains("500 m³"));
    assert_eq!(undo(&wang, &second).await.status, StatusCode::SEE_OTHER);
    let text = wang.get(&facility).await.text();
    assert!(text.contains("432 m³") && !text.contains("500 m³"), "the value before it counts again: {text}");
    let english = wang.asking_for("en").get(&out).await;
    let english = bring(&wang, "design", &english.bytes).await;
    assert_eq!(counts(&english), [0, 0, rows, 0], "a table in English says the same: {}", english.text());
}

async fn r_361_r_372_positions_come_as_a_table_and_keep_their_numbers(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let path = format!("/projects/{}/facilities/power-panel", office.project());
    let form = format!("{path}/positions");
    wang.submit(&wang.get(&path).await, &form, &[("list", "一层配电间\tQR-1\n二层配电间\n")]).await;
    let mut csv =
        String::from("项目,设施名称,位置,二维码\n中仪大厦,配电箱,首层配电间,QR-1\n中仪大厦,power-panel,二层配电间,\n");
    for n in 3..=30 {
        csv.push_str(&format!("中仪大厦,power-panel,{n} 层配电间,QR-{n}\n"));
    }
    // The facility by its code, and by its name as the page of the project has it.
    let name = wang.get(&path).await.html();
    let name = name.split("<h1").nth(1).unwrap().split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
    let csv = csv.replace("配电箱", &name);
    brought(&wang, "positions", csv.as_bytes(), [28, 1, 1, 0]).await;
    assert_eq!((office.acts("put_position").await, office.acts("keep_positions").await), (29, 1));
    let text = wang.get(&path).await.text();
    assert!(
        text.contains("首层配电间") && !text.contains("一层配电间\nQR-1") && text.contains("30 层配电间"),
        "{text}"
    );
    assert_eq!(counts(&bring(&wang, "positions", csv.as_bytes()).await), [0, 0, 30, 0]);
    // A list that was pasted meanwhile keeps what stays, and the table puts back what is gone under another number.
    let table = wang.get(&format!("/imports/rows?kind=positions&project={}&as=csv", office.project())).await.html();
    assert_eq!(table.lines().count(), 31, "{table}");
    wang.submit(&wang.get(&path).await, &form, &[("list", "首层配电间\tQR-1\n")]).await;
    brought(&wang, "positions", csv.as_bytes(), [29, 0, 1, 0]).await;
    let html = wang.get(&path).await.html();
    assert!(html.contains("59"), "no number is given twice: {html}");
}

/// The codes at the cells of a page, each with its row and its column.
fn told(page: &Page) -> Vec<String> {
    let html = page.html();
    let rows = html.split("<tr><th scope=\"row\">").skip(1).filter(|row| row.contains("<code>"));
    let cell =
        |row: &str, at: &str| row.split(at).nth(1).unwrap_or_default().split('<').next().unwrap_or_default().to_owned();
    rows.map(|row| {
        let number = row.split('<').next().unwrap_or_default();
        format!("{number} {} ({})", cell(row, "data-label=\"列\">"), cell(row, "<code>"))
    })
    .collect()
}

async fn r_372_each_wrong_cell_of_the_further_tables_is_named(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    tick_pool(&office).await;
    let csv = format!(
        "业主,合同,项目,城市,项目地址,负责人,信用代码,经纬度,坐标系,重点单位,辖区,总价\n\
         没有的业主,{CONTRACT},甲,西宁市,路1号,li,NULL,,,,,\n\
         {OWNER},没有的合同,乙,西宁市,路1号,li,NULL,,,,,\n\
         {OWNER},{CONTRACT},丙,西宁市,路1号,ma,9,很远,,,,少\n\
         {OWNER},{CONTRACT},丁,,路1号,li,NULL,,火星,,没有的大队,\n\
         {OWNER},{CONTRACT},昆仑中学,,,li,NULL,,,,,\n\
         {OWNER},{CONTRACT},昆仑中学,,,,NULL,,,,,\n"
    );
    let page = bring(&wang, "projects", csv.as_bytes()).await;
    assert_eq!(counts(&page), [0, 0, 0, 6], "{}", page.text());
    for cell in [
        "2 业主 (owner_unknown)",
        "3 合同名称 (contract_unknown)",
        "4 项目负责人 (lead_not_allowed)",
        "4 统一社会信用代码 (credit_code_malformed)",
        "4 坐标 (location_out_of_range)",
        "4 合同总价（元） (value_malformed)",
        "5 坐标系 (cell_malformed)",
        "5 管辖归属 (unit_unknown)",
        "6 项目负责人 (lead_elsewhere)",
        "7 项目名称 (row_repeated)",
    ] {
        assert!(told(&page).iter().any(|told| told == cell), "{cell}: {:?}", told(&page));
    }
    let csv = "项目,建筑物,面积,高度,储水设施,只包括一部分,备注\n\
               没有的项目,主楼,1,1,,,\n\
               中仪大厦,甲,很大,-1,水池,,\n\
               中仪大厦,乙,1,1,水池//432,,\n\
               中仪大厦,丙,1,-1,,,\n\
               中仪大厦,丁,1,1,,也许,\n\
               中仪大厦,戊,1,1,水池/地下/多,是,\n\
               中仪大厦,己,1,1,,是,\n";
    let long = format!("{csv}中仪大厦,{},1,1,,,\n", "长".repeat(32_767));
    let page = bring(&wang, "buildings", long.as_bytes()).await;
    assert_eq!(counts(&page), [0, 0, 0, 8], "{}", page.text());
    for cell in [
        "2 项目名称 (project_unknown)",
        "3 储水设施 (cell_malformed)",
        "4 储水设施 (text_required)",
        "5 面积（平方米） (building_measure_negative)",
        "6 只包括一部分 (cell_malformed)",
        "7 储水设施 (value_malformed)",
        "8 备注 (part_remark_missing)",
        "9 建筑物名称 (text_too_long)",
    ] {
        assert!(told(&page).iter().any(|told| told == cell), "{cell}: {:?}", told(&page));
    }
    let out = format!("/imports/rows?kind=design&project={}&as=csv&for=machine", office.project());
    let table = wang.get(&out).await.html();
    let asked = table.lines().find(|line| line.contains("水池")).unwrap().trim_end_matches(",,,");
    let field = asked.rsplit(',').next().unwrap();
    let part = |from: &str, to: &str| asked.replacen(from, to, 1);
    let head = table.lines().next().unwrap();
    let lines = [
        format!("{asked},很多,水施-12,"),
        part("中仪大厦,", "昆仑中学,") + ",432,水施-12,",
        part(&format!(",{field}"), ",没有的参数") + ",432,水施-12,",
    ];
    let page = bring(&wang, "design", format!("{head}\n{}\n", lines.join("\n")).as_bytes()).await;
    for cell in ["2 数值或选项 (value_malformed)", "3 设施 (facility_not_ticked)", "4 参数 (design_not_asked)"]
    {
        assert!(told(&page).iter().any(|told| told == cell), "{cell}: {:?}", told(&page));
    }
    for (rest, cell) in [(",432,,", "2 出处 (text_required)"), (",432,水施-12,昨天", "2 出处日期 (cell_malformed)")]
    {
        let page = bring(&wang, "design", format!("{head}\n{asked}{rest}\n").as_bytes()).await;
        assert!(told(&page).iter().any(|told| told == cell), "{cell}: {:?}", told(&page));
    }
    let csv = "项目,设施,位置,标签\n\
               中仪大厦,没有的设施,甲,\n\
               中仪大厦,power-panel,,\n\
               中仪大厦,power-panel,乙|丙,\n\
               中仪大厦,power-panel,丁,QR-1\n\
               中仪大厦,power-panel,戊,QR-1\n\
               中仪大厦,power-panel,丁,QR-2\n";
    let page = bring(&wang, "positions", csv.as_bytes()).await;
    assert_eq!(counts(&page), [1, 0, 0, 5], "{}", page.text());
    for cell in [
        "2 设施 (facility_not_ticked)",
        "3 位置 (text_required)",
        "4 位置 (position_taken)",
        "6 标签 (row_repeated)",
        "7 位置 (row_repeated)",
    ] {
        assert!(told(&page).iter().any(|told| told == cell), "{cell}: {:?}", told(&page));
    }
    assert!(
        page.html().contains("position_taken")
            && wang.asking_for("en").get(&address(&page)).await.text().contains("holds a bar")
    );
    let numeric: &[&[&str]] =
        &[&["项目", "设施", "位置", "标签"], &["中仪大厦", "power-panel", "己", "#1234567890123456"]];
    let page = bring(&wang, "positions", &workbook(numeric)).await;
    assert_eq!(told(&page), ["2 标签 (cell_number_in_id_column)"]);
    for kind in &KINDS[2..] {
        let page = bring(&wang, kind, &b"a,b,c\n".repeat(2 << 20)).await;
        assert!(page.html().contains("sheet_too_large"), "{kind}: {}", page.text());
    }
    nobody_else(&office).await;
}

/// Tables are for whoever may use the forms, and of their own firm.
async fn nobody_else(office: &Office) {
    Office::found(&office.app, OTHER_FIRM, true).await;
    let mut qian = Browser::new(office);
    qian.sign_in("qian", PASSWORD).await;
    let li = Browser::of(office, "li").await;
    for kind in KINDS {
        let rows = format!("/imports/rows?kind={kind}&as=csv");
        for path in [&format!("/imports/new?kind={kind}"), &format!("/imports/template?kind={kind}"), &rows] {
            assert_eq!(li.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(qian.get(path).await.status, StatusCode::OK, "{path}");
        }
        assert_eq!(qian.get(&rows).await.html().lines().count(), 1, "{kind}: another firm has nothing");
        assert_eq!(qian.get(&format!("/imports/rows?kind={kind}")).await.status, StatusCode::NOT_FOUND);
    }
    let foreign = format!("/imports/rows?kind=positions&as=csv&project={}", office.project());
    assert_eq!(qian.get(&foreign).await.status, StatusCode::NOT_FOUND);
    let csv = "项目,设施,位置\n中仪大厦,power-panel,甲\n";
    let page = bring(&qian, "positions", csv.as_bytes()).await;
    assert_eq!(told(&page), ["2 项目名称 (project_unknown)"], "a project of another firm is none");
}

async fn r_372_what_a_table_made_goes_again_while_nothing_refers_to_it(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let head = "业主,合同,项目,城市,项目地址,负责人,信用代码,行业\n";
    let line = |name: &str, trade: &str| format!("{OWNER},{CONTRACT},{name},西宁市,五四大街4号,li,NULL,{trade}\n");
    let made = brought(&wang, "projects", (head.to_owned() + &line("甲校", "教育")).as_bytes(), [1, 0, 0, 0]).await;
    let changed = brought(&wang, "projects", (head.to_owned() + &line("甲校", "住建")).as_bytes(), [0, 1, 0, 0]).await;
    assert!(undo(&wang, &made).await.html().contains("batch_in_use"), "changed since");
    assert_eq!(undo(&wang, &changed).await.status, StatusCode::SEE_OTHER);
    let csv = "项目,建筑物,面积,地上面积\n甲校,教学楼,100,100\n甲校,食堂,50,50\n";
    let buildings = brought(&wang, "buildings", csv.as_bytes(), [2, 0, 0, 0]).await;
    assert!(undo(&wang, &made).await.html().contains("batch_in_use"), "a building was added to it");
    let csv = "项目,建筑物,面积\n甲校,食堂,60\n";
    let larger = brought(&wang, "buildings", csv.as_bytes(), [0, 1, 0, 0]).await;
    assert!(undo(&wang, &buildings).await.html().contains("batch_in_use"));
    for batch in [&larger, &buildings, &made] {
        let done = undo(&wang, batch).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert!(wang.get(batch).await.text().contains("已撤销"));
    }
    assert!(!wang.get("/projects").await.text().contains("甲校"));
    assert_eq!((office.acts("remove_building").await, office.acts("take_back_project").await), (2, 1));
    assert_eq!(office.number(sql!("SELECT count(*) FROM feed WHERE kind = 'project' AND deleted = 0")).await, 2);
    let again = brought(&wang, "projects", (head.to_owned() + &line("甲校", "教育")).as_bytes(), [1, 0, 0, 0]).await;
    assert_eq!(undo(&wang, &again).await.status, StatusCode::SEE_OTHER, "it came, went, came and went");
    let log = wang.get("/log?kind=take_back_project").await.text();
    assert!(log.contains("撤销项目"), "{log}");
    let used = TakeBack { project: office.project() };
    let refused = take_back(&office.app.store, office.act("wang").await, used).await.unwrap_err();
    assert_eq!(refused.code(), Code::ProjectInUse, "project_in_use");

    // Instances, of which one was worded anew.
    let path = format!("/projects/{}/facilities/power-panel", office.project());
    wang.submit(&wang.get(&path).await, &format!("{path}/positions"), &[("list", "一层\tA\n二层\n")]).await;
    let csv = "项目,设施,位置,标签\n中仪大厦,power-panel,首层,A\n中仪大厦,power-panel,三层,C\n";
    let positions = brought(&wang, "positions", csv.as_bytes(), [1, 1, 0, 0]).await;
    assert_eq!(undo(&wang, &positions).await.status, StatusCode::SEE_OTHER);
    let table =
        wang.get(&format!("/imports/rows?kind=positions&project={}&as=csv&for=machine", office.project())).await;
    let rest: Vec<String> = table.html().lines().skip(1).map(|line| line.rsplit(',').take(2).collect()).collect();
    assert_eq!(rest, ["A一层", "二层"]);
    assert_eq!((office.acts("put_position").await, office.acts("remove_position").await), (3, 1));
    let csv = "项目,设施,位置\n中仪大厦,power-panel,四层\n";
    let fourth = brought(&wang, "positions", csv.as_bytes(), [1, 0, 0, 0]).await;
    find_fault(&office, 4).await;
    assert!(undo(&wang, &fourth).await.html().contains("batch_in_use"), "something is wrong there");
}

/// Lets something be wrong at an instance of the only list.
async fn find_fault(office: &Office, ordinal: u32) {
    let description = FaultText { part: None, defect: None, text: "箱门变形".into() };
    let (fault, state) = (FaultId(Uuid::from_u128(1)), FaultState::Negotiating);
    let item_id = "power-panel.a".to_owned();
    let fault = OpenFault { fault, item_id, ordinal, task_name: "月测".into(), description, state };
    let faults = format!("\"faults\":[{}]", serde_json::to_string(&fault).unwrap());
    let note = async move |tx: &mut Tx| {
        let note = sql!("UPDATE history SET body = replace(body, '\"faults\":[]', ?1)");
        tx.execute(note, &row![&faults]).await
    };
    assert_eq!(office.app.store.write::<_, StoreError, _>("note", note).await.unwrap(), 1);
}

async fn r_372_a_column_with_another_title_is_named_by_hand(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let csv = "楼盘,序号,门牌,城市\n海东商场,1,文化街12号,海东市\n".as_bytes();
    let refused = bring(&wang, "owners", csv).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = refused.html();
    assert!(html.contains("sheet_heading_missing") && html.contains("name=\"column-name\""), "{html}");
    let city = html.split("name=\"column-city\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(city.contains("value=\"城市\" selected"), "what is known stays chosen: {city}");
    let twice = [("column-name", "楼盘"), ("column-city", "城市"), ("column-address", "楼盘")];
    let refused = wang.submit_files(&refused, "/imports", &twice, &[csv]).await;
    assert!(refused.html().contains("sheet_heading_missing"), "one title is one column: {}", refused.text());
    let chosen = [("column-name", "楼盘"), ("column-city", "城市"), ("column-address", "门牌")];
    let done = wang.submit_files(&refused, "/imports", &chosen, &[csv]).await;
    let page = wang.get(done.location()).await;
    assert_eq!(counts(&page), [1, 0, 0, 0], "{}", page.text());
    apply(&wang, &page).await;
    assert!(wang.get("/owners?q=hdsc").await.text().contains("文化街12号"));
}

async fn r_372_what_goes_out_as_a_table_comes_in_again_and_changes_nothing(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    tick_pool(&office).await;
    let owners = "业主名称,城市,地址\n=1+1 商场,西宁市,路1号\n";
    brought(&wang, "owners", owners.as_bytes(), [1, 0, 0, 0]).await;
    let page = bring(&wang, "contacts", "业主,联系人,电话\n=1+1 商场,@马秀英,13900000051\n".as_bytes()).await;
    assert_eq!(apply(&wang, &page).await.status, StatusCode::OK, "the first password is shown");
    let buildings = "项目,建筑物,面积,储水设施,备注\n中仪大厦,=HYPERLINK(1),5.50,水箱/屋顶/18,-5层\n";
    brought(&wang, "buildings", buildings.as_bytes(), [1, 0, 0, 0]).await;
    let positions = "项目,设施,位置,标签\n中仪大厦,power-panel,+一层,=A\n中仪大厦,power-panel,\"二层,东\",007\n";
    brought(&wang, "positions", positions.as_bytes(), [2, 0, 0, 0]).await;
    for kind in KINDS {
        for format in ["xlsx", "csv"] {
            let table = wang.get(&format!("/imports/rows?kind={kind}&as={format}")).await;
            assert_eq!(table.status, StatusCode::OK, "{kind}: {}", table.text());
            assert!(table.header("content-disposition").contains(&format!("{kind}.{format}")));
            let page = bring(&wang, kind, &table.bytes).await;
            let [new, changed, same, wrong] = counts(&page);
            assert_eq!((new, changed, wrong), (0, 0, 0), "{kind} {format}: {}", page.text());
            assert!(same > 0, "{kind} {format}");
        }
    }
    let csv = wang.get("/imports/rows?kind=buildings&as=csv").await.html();
    assert!(csv.contains(",'=HYPERLINK(1),5.50,") && csv.contains(",'-5层"), "no text is a formula: {csv}");
    let lines = wang.get("/imports/rows?kind=positions&as=ndjson").await.html();
    assert!(lines.contains("\"place\":\"二层,东\"") && lines.contains("\"tag\":\"007\""), "{lines}");
    assert!(wang.get("/imports/new?kind=positions").await.html().contains("/imports/rows?kind=positions&#38;as=xlsx"));
}
