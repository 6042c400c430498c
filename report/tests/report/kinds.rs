//! The other kinds: a year with its tables, and reports whose text somebody else wrote.

use firebee_domain::{
    id::ContentId,
    report::{AgeLine, Course, DesignLine, MonthLine, ReportKind, UploadLine},
};
use firebee_report::LeftOut;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{fs, path::Path, process::Command};

use crate::{
    run::{folder, poppler, render, squeezed, text},
    sample::Sample,
};

/// A year: twelve months, one of them paused, one filed late.
fn year() -> Sample {
    let mut sample = Sample::month();
    let month = |month: usize| MonthLine {
        month: format!("2026年{month}月"),
        due: if month == 2 { "暂停：春节停业装修".to_owned() } else { "应维护保养".to_owned() },
        code: if month == 2 { String::new() } else { format!("ZXJ2026 No.{month:04}") },
        date: if month == 2 { String::new() } else { format!("2026年{month}月28日") },
        filed: match month {
            2 | 12 => String::new(),
            5 => "2026年6月9日（逾期）".to_owned(),
            _ => format!("2026年{month}月30日"),
        },
        found: 1_700 + u32::try_from(month).unwrap(),
        open: 1_800 + u32::try_from(month).unwrap(),
    };
    let age = |system: &str| AgeLine { system: system.to_owned(), counts: vec![1_901, 1_902, 1_903, 1_904] };
    let design = |at: usize| DesignLine {
        what: format!("消火栓泵 · 额定流量 {at}"),
        designed: format!("{at}0 L/s"),
        source: "设计说明 · 2019年3月1日".to_owned(),
        measured: vec![format!("{at}1.5"), format!("{at}2.5")],
    };
    sample.snapshot.cover.kind = ReportKind::Year;
    sample.snapshot.cover.kind_word = "年表".to_owned();
    sample.snapshot.course = Some(Course {
        months: (1..=12).map(month).collect(),
        age_words: ["30 天以内", "90 天以内", "180 天以内", "超过 180 天"].map(str::to_owned).to_vec(),
        ages: vec![age("火灾自动报警系统"), age("消火栓系统")],
        refused: sample.snapshot.earlier.clone(),
        designs: (1..=9).map(design).collect(),
    });
    sample
}

#[test]
fn r_206_a_year_says_how_each_month_went_what_is_old_what_is_refused_and_what_was_designed() {
    let mut sample = year();
    let of_year = folder(&sample);
    let answer = render(of_year.path(), &[]).unwrap();
    assert_eq!((answer.standard.as_str(), answer.unprintable.len()), ("PDF/A-3a, PDF/UA-1", 0));
    // What `pdftoppm` draws for whoever looks at it.
    fs::copy(of_year.path().join("report.pdf"), concat!(env!("CARGO_TARGET_TMPDIR"), "/year.pdf")).unwrap();
    let told = text(of_year.path());
    let course = serde_json::to_value(sample.snapshot.course.as_ref().unwrap()).unwrap();
    let mut words = Vec::new();
    gather(&course, &mut words);
    assert!(words.len() > 100);
    let lost: Vec<_> = words.iter().filter(|words| !told.contains(&squeezed(words))).collect();
    assert!(lost.is_empty(), "{lost:?}");

    let course = sample.snapshot.course.as_mut().unwrap();
    (course.ages, course.refused, course.designs) = (Vec::new(), Vec::new(), Vec::new());
    let empty = folder(&sample);
    render(empty.path(), &[]).unwrap();
    let told = text(empty.path());
    for words in ["无未消除的故障", "无业主不同意维修的故障", "项目未录入设计值"] {
        assert!(told.contains(words), "{words}");
    }
}

fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(words) => found.push(words.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(values) => values.iter().for_each(|value| gather(value, found)),
        Value::Object(values) => values.values().for_each(|value| gather(value, found)),
        _ => {}
    }
}

/// An inspection with this text.
fn inspection(file: &[u8]) -> (Sample, tempfile::TempDir) {
    let mut sample = Sample::month();
    sample.snapshot.cover.kind = ReportKind::Inspection;
    sample.snapshot.upload = Some(UploadLine {
        file: ContentId(Sha256::digest(file).into()),
        size: format!("{} 字节", file.len()),
        conclusion: "不合格".to_owned(),
    });
    let folder = folder(&sample);
    fs::write(folder.path().join("upload.pdf"), file).unwrap();
    (sample, folder)
}

fn look(at: &Path, pages_max: usize) -> (Option<i32>, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firebee-report"));
    command.arg("look").arg("--at").arg(at).arg("--pages-max").arg(pages_max.to_string());
    let output = command.output().unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn r_230_r_232_an_uploaded_text_stands_unchanged_between_cover_and_photos() {
    // Another report serves as the text that somebody wrote.
    let written = folder(&Sample::month());
    let theirs = render(written.path(), &[]).unwrap();
    let file = fs::read(written.path().join("report.pdf")).unwrap();
    let (sample, folder) = inspection(&file);
    let answer = render(folder.path(), &[]).unwrap();
    assert_eq!((answer.standard.as_str(), answer.left_out), ("PDF 1.7", vec![]));
    fs::copy(folder.path().join("report.pdf"), concat!(env!("CARGO_TARGET_TMPDIR"), "/inspection.pdf")).unwrap();
    assert!(answer.pages > theirs.pages + 5, "{} pages", answer.pages);
    assert!(answer.bytes < file.len() + firebee_report::PDF_BYTES_MAX);

    let cover = squeezed(&poppler("pdftotext", &["-raw", "-l", "1"], folder.path(), &["-"]));
    assert!(cover.contains("检测结论不合格") && cover.contains("检测单位"), "{cover}");
    let page = |at: usize| {
        let at = at.to_string();
        squeezed(&poppler("pdftotext", &["-raw", "-f", &at, "-l", &at], folder.path(), &["-"]))
    };
    let first = page(3);
    assert!(first.contains(&squeezed(&sample.snapshot.cover.title)) && !first.contains("检测结论"), "{first}");
    let told = text(folder.path());
    let hash: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(told.contains(&hash), "the evidence names the file");
    let (photos, end) = (told.rfind("检测现场记录").unwrap(), told.rfind("证据与验证").unwrap());
    assert!(told.rfind("现场执业情况").unwrap() < photos && photos < end, "the photos stand at the end");

    assert_eq!(look(&folder.path().join("upload.pdf"), 500), (Some(0), serde_json::json!({"pages": theirs.pages})));
    assert_eq!(look(&folder.path().join("upload.pdf"), 3).0, Some(1));
}

#[test]
fn r_212_a_text_that_cannot_be_read_is_told_beforehand_and_ends_no_report() {
    for broken in [&b"%PDF-1.7\nnothing"[..], b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>"] {
        let (_, folder) = inspection(broken);
        let (status, said) = look(&folder.path().join("upload.pdf"), 500);
        assert_eq!((status, said["code"].as_str()), (Some(1), Some("upload_unreadable")));
        let answer = render(folder.path(), &[]).unwrap();
        assert_eq!(answer.left_out, [LeftOut::Upload]);
        assert!(text(folder.path()).contains("无法装订在此"));
    }
    let (_, folder) = inspection(b"%PDF-1.7\n");
    fs::write(folder.path().join("upload.pdf"), "other").unwrap();
    assert!(render(folder.path(), &[]).unwrap_err().details.starts_with("upload.pdf is not the file sha256-"));
}
