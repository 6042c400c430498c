//! What is refused, with its code.

use firebee_report::{FailureCode as Code, Fonts, Job, input::ROWS_MAX, render as rendered};
use std::{fs, path::Path};

use crate::{
    run::{folder, render},
    sample::Sample,
};

#[test]
fn what_is_missing_broken_or_foreign_is_told_by_its_place() {
    let sample = Sample::month();
    let refused = |mend: &dyn Fn(&Path)| {
        let folder = folder(&sample);
        mend(folder.path());
        let failure = render(folder.path(), &[]).unwrap_err();
        assert!(!folder.path().join("report.pdf").exists());
        (failure.code, failure.details)
    };
    let (code, details) = refused(&|path| fs::remove_file(path.join("snapshot.json")).unwrap());
    assert!(code == Code::InputMissing && details.starts_with("snapshot.json: "), "{details}");
    let (code, details) = refused(&|path| fs::write(path.join("snapshot.json"), "{\"edition\": \"张伟\"").unwrap());
    assert!(code == Code::SnapshotInvalid && !details.contains('张'), "{details}");
    let (code, details) = refused(&|path| fs::remove_file(path.join("photos/7")).unwrap());
    assert!(code == Code::InputMissing && details.starts_with("photos/7: "), "{details}");
    let (code, details) = refused(&|path| fs::write(path.join("signatures/2"), "other").unwrap());
    assert!(code == Code::PictureForeign && details.starts_with("signatures/2 is not the file sha256-"), "{details}");
    let (code, details) = refused(&|path| fs::write(path.join("photos/7"), vec![0; 3 << 20]).unwrap());
    assert!(code == Code::InputTooLarge && details.starts_with("photos/7 has more than"), "{details}");
}

#[test]
fn another_edition_two_photos_of_a_number_and_lists_without_end_are_refused() {
    let code = |change: &dyn Fn(&mut Sample)| {
        let mut sample = Sample::month();
        change(&mut sample);
        render(folder(&sample).path(), &[]).unwrap_err().code
    };
    assert_eq!(code(&|sample| sample.snapshot.edition += 1), Code::SnapshotInvalid);
    assert_eq!(code(&|sample| sample.snapshot.photos[1].number = 1), Code::SnapshotInvalid);
    let many = |sample: &mut Sample| {
        let record = sample.snapshot.systems[0].records[0].clone();
        sample.snapshot.systems[0].records = vec![record; ROWS_MAX + 1];
    };
    assert_eq!(code(&many), Code::InputTooLarge);
    assert_eq!(
        code(&|sample| sample.snapshot.systems[1].records[0].each = vec![String::new(); ROWS_MAX + 1]),
        Code::InputTooLarge
    );
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let folder = folder(&Sample::month());
    fs::create_dir(folder.path().join("report.pdf")).unwrap();
    assert_eq!(render(folder.path(), &[]).unwrap_err().code, Code::OutputFailed);
}

#[test]
fn without_a_chinese_font_the_package_is_named() {
    let empty = tempfile::TempDir::new().unwrap();
    let failure = Fonts::of(&[empty.path()]).err().unwrap();
    assert_eq!(failure.code, Code::FontMissing);
    assert!(failure.details.contains("fonts-noto-cjk"));
}

#[test]
fn the_second_best_font_will_do_without_a_standard() {
    let mut sample = Sample::month();
    sample.snapshot.people[0].name = "王䶮国".to_owned();
    let folder = folder(&sample);
    let fonts = Fonts::of(&[Path::new("/usr/share/fonts/truetype/wqy")]).unwrap();
    let job = Job::read(folder.path(), None).unwrap();
    let answer = rendered(&job, &fonts).unwrap().answer;
    assert_eq!((answer.font.as_str(), answer.standard.as_str()), ("WenQuanYi Micro Hei", "PDF 1.7"));
    assert_eq!(answer.unprintable.len(), 1);
}
