//! What a reader finds: every word of the snapshot, the same bytes each time, the files inside.

use firebee_domain::report::VerificationCode;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;

use crate::{
    run::{folder, poppler, render, squeezed, text},
    sample::Sample,
};

/// Fields that are not words: how the report is built, and the names of files.
const SILENT: [&str; 4] = ["/cover/kind", "/preview", "/signature", "/map"];

/// Every string and number of a value with its place.
fn strings(value: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(words) => found.push((place.to_owned(), words.clone())),
        Value::Array(values) => values.iter().for_each(|value| strings(value, place, found)),
        Value::Object(values) => {
            values.iter().for_each(|(name, value)| strings(value, &format!("{place}/{name}"), found))
        }
        Value::Number(number) => found.push((place.to_owned(), number.to_string())),
        _ => {}
    }
}

/// A day as the cover writes it, the digits of a hash, or the words as they are.
fn printed(place: &str, words: &str) -> String {
    if place == "/cover/report_date" || place == "/cover/service" {
        let parts: Vec<u32> = words.split('-').map(|part| part.parse().unwrap()).collect();
        return format!("{}年{}月{}日", parts[0], parts[1], parts[2]);
    }
    words.strip_prefix("sha256-").unwrap_or(words).to_owned()
}

#[test]
fn r_376_every_word_of_the_snapshot_stands_in_the_report() {
    let sample = Sample::month();
    let folder = folder(&sample);
    let answer = render(folder.path(), &[]).unwrap();
    assert_eq!((answer.unprintable, answer.left_out), (Vec::new(), Vec::new()));
    assert_eq!(answer.standard, "PDF/A-3a, PDF/UA-1");
    assert_eq!(answer.font, "Noto Sans CJK SC");
    // What `scripts/verapdf` checks.
    fs::copy(folder.path().join("report.pdf"), concat!(env!("CARGO_TARGET_TMPDIR"), "/report.pdf")).unwrap();
    assert!((15..40).contains(&answer.pages), "{} pages", answer.pages);

    let text = text(folder.path());
    let mut words = Vec::new();
    strings(&serde_json::to_value(&sample.snapshot).unwrap(), "", &mut words);
    assert!(words.len() > 1_000);
    let lost: Vec<_> = words
        .iter()
        .filter(|(place, _)| !SILENT.iter().any(|silent| place.ends_with(silent)))
        .filter(|(place, words)| !text.contains(&squeezed(&printed(place, words))))
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn r_376_two_processes_write_the_same_bytes() {
    let mut sample = Sample::month();
    let first = folder(&sample);
    let second = folder(&sample);
    let answer = render(first.path(), &[]).unwrap();
    assert_eq!(render(second.path(), &[]).unwrap(), answer);
    let bytes = fs::read(first.path().join("report.pdf")).unwrap();
    assert_eq!(bytes, fs::read(second.path().join("report.pdf")).unwrap());
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((answer.sha256.as_str(), answer.bytes), (hash.as_str(), bytes.len()));

    sample.snapshot.evidence.facts += 1;
    let third = folder(&sample);
    assert_ne!(render(third.path(), &[]).unwrap().sha256, answer.sha256);
}

#[test]
fn r_379_the_cover_has_the_code_of_the_snapshot_that_lies_inside() {
    let sample = Sample::month();
    let folder = folder(&sample);
    render(folder.path(), &[]).unwrap();
    let snapshot = fs::read(folder.path().join("snapshot.json")).unwrap();
    let cover = poppler("pdftotext", &["-l", "1"], folder.path(), &["-"]);
    assert!(cover.contains(&VerificationCode::of(&snapshot).to_string()), "{cover}");

    let listed = poppler("pdfdetach", &["-list"], folder.path(), &[]);
    assert!(listed.contains("snapshot.json") && listed.contains("manifest.json"), "{listed}");
    for name in ["snapshot.json", "manifest.json"] {
        let out = folder.path().join("out");
        poppler("pdfdetach", &["-savefile", name, "-o", out.to_str().unwrap()], folder.path(), &[]);
        assert_eq!(fs::read(&out).unwrap(), fs::read(folder.path().join(name)).unwrap(), "{name}");
    }
}

/// the name of the project is printed on the cover.
#[test]
fn r_066_the_projects_name_stands_on_the_cover() {
    let mut sample = Sample::month();
    sample.snapshot.cover.project = "城中区长江路一号商业综合体".into();
    let folder = folder(&sample);
    render(folder.path(), &[]).unwrap();
    let cover = poppler("pdftotext", &["-l", "1"], folder.path(), &["-"]);
    assert!(squeezed(&cover).contains("城中区长江路一号商业综合体"), "{cover}");
}

#[test]
fn a_section_without_content_is_left_out_and_the_reader_learns_that_there_is_no_fault() {
    let mut sample = Sample::month();
    sample.show(Vec::new());
    (sample.signatures, sample.manifest) = (Vec::new(), None);
    let snapshot = &mut sample.snapshot;
    snapshot.witnesses.clear();
    snapshot.faults.clear();
    snapshot.earlier.clear();
    snapshot.untestable.clear();
    snapshot.restored.clear();
    snapshot.site_work.clear();
    snapshot.opinion.systems.clear();
    let folder = folder(&sample);
    render(folder.path(), &[]).unwrap();
    let text = text(folder.path());
    for there in ["本期未发现故障", "无以往报告遗留的未消除故障", "各系统本期无不符合项", "测试记录"]
    {
        assert!(text.contains(there), "{there}");
    }
    for gone in ["现场照片", "业主见证", "系统恢复记录", "现场执业情况", "manifest.json"] {
        assert!(!text.contains(gone), "{gone}");
    }
    assert!(!poppler("pdfdetach", &["-list"], folder.path(), &[]).contains("manifest.json"));
}

#[test]
fn a_mark_stands_across_the_pages_and_changes_nothing_else() {
    let sample = Sample::month();
    let folder = folder(&sample);
    let plain = render(folder.path(), &[]).unwrap();
    let marked = render(folder.path(), &["--mark", "training"]).unwrap();
    assert_eq!((marked.pages, &marked.standard), (plain.pages, &plain.standard));
    assert_ne!(marked.sha256, plain.sha256);
    assert!(text(folder.path()).contains("培训"));
}
