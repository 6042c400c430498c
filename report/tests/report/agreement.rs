//! The text of a contract.

use crate::run::{print, squeezed, text};
use firebee_domain::report::{AGREEMENT_EDITION, Agreement, Article, Named, Party};
use firebee_report::FailureCode;
use std::fs;
use tempfile::TempDir;

fn agreement(projects: usize) -> Agreement {
    let named = |name: &str, value: &str| Named { name: name.into(), value: value.into() };
    let party = |role: &str, name: &str, address: &str| Party {
        role: role.into(),
        name: name.into(),
        about: vec![named("地址", address), named("联系电话", "")],
    };
    let row = |number: usize| {
        let facilities = vec!["柴油发电机组"; if number == 1 { 60 } else { 3 }].join("、");
        vec![format!("项目{number}"), "西宁市城中区长江路10号".into(), "主楼（21000 平方米）".into(), facilities]
    };
    let clauses = ["1.1 乙方按本合同为甲方提供维护保养服务，服务的项目、建筑物和消防设施如下表。".to_owned()];
    let scope = Article {
        title: "第 1 条　服务内容和范围".into(),
        clauses: clauses.into(),
        columns: ["项目", "地址", "建筑物", "消防设施"].map(str::to_owned).into(),
        rows: (1..=projects).map(row).collect(),
    };
    let cost = Article {
        title: "第 2 条　价款和支付".into(),
        clauses: vec!["2.1 合同价款为人民币 36000.50 元（大写：____________________）。".into()],
        columns: Vec::new(),
        rows: Vec::new(),
    };
    Agreement {
        edition: AGREEMENT_EDITION,
        title: "建筑消防设施维护保养合同".into(),
        name: "中仪大厦维保合同".into(),
        organisation: "青海安泰消防技术服务有限公司".into(),
        printed_on: "2026-12-06".parse().unwrap(),
        parties: vec![
            party("甲方（业主）", "西宁某商业管理有限公司", "西宁市城中区长江路10号"),
            party("乙方（服务机构）", "青海安泰消防技术服务有限公司", ""),
        ],
        opening: "甲乙双方在平等自愿的基础上订立本合同。".into(),
        articles: vec![scope, cost],
        signing: ["盖章", "法定代表人或授权代表（签字）", "日期"].map(str::to_owned).into(),
    }
}

/// nothing of the text is lost on paper, and the same text gives the same bytes.
#[test]
fn r_389_every_word_of_a_contract_stands_in_its_pdf() {
    let folder = TempDir::new().unwrap();
    let whole = agreement(12);
    let answer = print("agreement", &whole, folder.path()).unwrap();
    assert_eq!(answer.standard, "PDF/A-3a, PDF/UA-1");
    assert_eq!((answer.unprintable, answer.left_out), (Vec::new(), Vec::new()));
    fs::copy(folder.path().join("report.pdf"), concat!(env!("CARGO_TARGET_TMPDIR"), "/agreement.pdf")).unwrap();
    assert!((2..8).contains(&answer.pages), "{} pages", answer.pages);
    let text = text(folder.path());
    let articles = whole.articles.iter().flat_map(|article| {
        let cells = article.columns.iter().chain(article.rows.iter().flatten());
        std::iter::once(&article.title).chain(&article.clauses).chain(cells)
    });
    let parties = whole.parties.iter().flat_map(|party| [&party.role, &party.name, &party.about[0].value]);
    let rest = [&whole.title, &whole.name, &whole.opening];
    for words in articles.chain(parties).chain(rest).chain(&whole.signing).filter(|words| words.len() < 200) {
        assert!(text.contains(&squeezed(words)), "{words}: {text}");
    }
    let again = print("agreement", &whole, folder.path()).unwrap();
    assert_eq!(again.sha256, answer.sha256);
}

#[test]
fn a_contract_without_projects_is_printed_and_one_of_another_edition_is_refused() {
    let folder = TempDir::new().unwrap();
    let mut none = agreement(0);
    none.articles[0].columns.clear();
    assert!(print("agreement", &none, folder.path()).unwrap().pages <= 2);
    none.edition += 1;
    assert_eq!(print("agreement", &none, folder.path()).unwrap_err().code, FailureCode::SnapshotInvalid);
}
