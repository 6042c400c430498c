//! The notice of a building: one page, whatever it is called.

use crate::run::{print, squeezed, text};
use firebee_domain::report::{NOTICE_EDITION, Notice};
use firebee_report::FailureCode;
use std::{fs, path::Path};
use tempfile::TempDir;

fn notice() -> Notice {
    Notice {
        edition: NOTICE_EDITION,
        project: "中仪大厦".into(),
        address: "西宁市城西区五四大街10号".into(),
        owner: "西宁某商业管理有限公司".into(),
        organisation: "青海安泰消防技术服务有限公司".into(),
        lead: "李建国".into(),
        service_phone: "0971-8230000".into(),
        maintained_on: Some("2026-11-16".parse().unwrap()),
        printed_on: "2026-12-06".parse().unwrap(),
        call_at: Some("https://firebee.example.cn/r/WERC8GMRZGE196QV".into()),
        training: false,
    }
}

fn keep(folder: &Path, name: &str) {
    fs::copy(folder.join("report.pdf"), Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)).unwrap();
}

/// firm, lead, day of the last maintenance, service phone and the address of the QR stand on one page.
#[test]
fn r_381_the_notice_of_a_building_is_one_page_with_everything_on_it() {
    let folder = TempDir::new().unwrap();
    let whole = notice();
    let answer = print("notice", &whole, folder.path()).unwrap();
    keep(folder.path(), "notice.pdf");
    assert_eq!((answer.pages, answer.standard.as_str()), (1, "PDF/A-3a, PDF/UA-1"));
    let said = text(folder.path());
    let day = "2026年11月16日".to_owned();
    let address = whole.call_at.clone().unwrap();
    for words in [&whole.organisation, &whole.lead, &day, &whole.service_phone, &whole.project, &address] {
        assert!(said.contains(&squeezed(words)), "{words}: {said}");
    }
    assert!(said.contains("扫码报修") && !said.contains("培训"));
    assert_eq!(print("notice", &whole, folder.path()).unwrap().sha256, answer.sha256);
}

/// names as long as any may be stay on the page; what is not known leaves room; training says so.
#[test]
fn r_381_a_notice_with_long_names_or_nothing_known_stays_one_page() {
    let folder = TempDir::new().unwrap();
    let long = |words: &str, count: usize| words.repeat(count / words.chars().count());
    let full = Notice {
        project: long("中仪大厦", 200),
        address: long("五四大街", 200),
        owner: long("商业管理", 100),
        organisation: long("技术服务", 100),
        lead: long("建国", 50),
        training: true,
        ..notice()
    };
    assert_eq!(print("notice", &full, folder.path()).unwrap().pages, 1);
    keep(folder.path(), "notice-full.pdf");
    let bare = Notice { service_phone: String::new(), maintained_on: None, call_at: None, ..notice() };
    assert_eq!(print("notice", &bare, folder.path()).unwrap().pages, 1);
    keep(folder.path(), "notice-bare.pdf");
    assert!(!text(folder.path()).contains("扫码报修"));
    let later = Notice { edition: NOTICE_EDITION + 1, ..notice() };
    assert_eq!(print("notice", &later, folder.path()).unwrap_err().code, FailureCode::SnapshotInvalid);
}
