//! A table beside the reports: the hazard summary, the repair records.

use crate::run::{print, squeezed, text};
use firebee_domain::report::{Named, TABLE_EDITION, Table, TableRow};
use firebee_report::FailureCode;
use std::fs;
use tempfile::TempDir;

const COLUMNS: [&str; 11] = [
    "序号",
    "来源报告",
    "设施和部位",
    "测试项",
    "合格标准",
    "检测结果",
    "发现时间",
    "处理时间",
    "处理人",
    "处理方式",
    "状态",
];

fn table(rows: usize) -> Table {
    let named = |name: &str, value: &str| Named { name: name.into(), value: value.into() };
    let row = |number: usize| TableRow {
        cells: [
            number.to_string().as_str(),
            "中仪大厦20261116月表",
            "柴油发电机组(1) · 地下一层发电机房",
            "a. 自动启动功能",
            "市电中断后，机组应自动启动并在 30 s 内供电。",
            "启动后 42 秒才供电，超过 30 秒",
            "2026-11-16 10:24:00",
            "2026-11-16 12:10:05",
            "李建国",
            "业主同意维修",
            if number.is_multiple_of(2) { "" } else { "解决中" },
        ]
        .map(str::to_owned)
        .to_vec(),
        notes: vec![
            named(
                "处理过程",
                "2026-11-16 12:10:05 · 李建国 · 业主同意维修 · 派陈刚 · 更换启动电池\n2026-11-16 12:30:00 · 李建国 · 维修 · 下达",
            ),
            named("系统停用", "是"),
            named("安全保护措施", "每两小时巡查一次，值班室加派一人，直到机组恢复自动启动为止，并在现场设置警示标志。"),
        ],
    };
    Table {
        edition: TABLE_EDITION,
        title: "消防安全隐患处置汇总表".into(),
        organisation: "青海安泰消防技术服务有限公司".into(),
        printed_on: "2026-12-06".parse().unwrap(),
        about: vec![named("项目", "中仪大厦"), named("业主", "西宁某商业管理有限公司")],
        columns: COLUMNS.map(str::to_owned).to_vec(),
        rows: (1..=rows).map(row).collect(),
    }
}

/// nothing of the table is lost on paper, however long it is, and the same table gives the same bytes.
#[test]
fn r_390_every_word_of_a_table_stands_in_its_pdf() {
    let folder = TempDir::new().unwrap();
    let whole = table(40);
    let answer = print("table", &whole, folder.path()).unwrap();
    assert_eq!(answer.standard, "PDF/A-3a, PDF/UA-1");
    assert_eq!((answer.unprintable, answer.left_out), (Vec::new(), Vec::new()));
    fs::copy(folder.path().join("report.pdf"), concat!(env!("CARGO_TARGET_TMPDIR"), "/table.pdf")).unwrap();
    assert!((3..20).contains(&answer.pages), "{} pages", answer.pages);
    let text = text(folder.path());
    let cells = whole.rows.iter().flat_map(|row| row.cells.iter().chain(row.notes.iter().map(|note| &note.value)));
    let titles = whole.columns.iter().chain([&whole.title, &whole.organisation]);
    for words in cells.chain(titles).flat_map(|words| words.lines()) {
        assert!(text.contains(&squeezed(words)), "{words}: {text}");
    }
    let again = print("table", &whole, folder.path()).unwrap();
    assert_eq!(again.sha256, answer.sha256);
}

#[test]
fn a_table_without_rows_says_so_and_one_that_does_not_fit_its_columns_is_refused() {
    let folder = TempDir::new().unwrap();
    assert_eq!(print("table", &table(0), folder.path()).unwrap().pages, 1);
    assert!(text(folder.path()).contains("没有记录"));
    let mut short = table(2);
    short.rows[1].cells.pop();
    assert_eq!(print("table", &short, folder.path()).unwrap_err().code, FailureCode::SnapshotInvalid);
}
