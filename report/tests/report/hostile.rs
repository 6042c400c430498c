//! No text of a snapshot is markup, and none breaks a page.

use firebee_report::{LeftOut, Unprintable};
use serde_json::Value;

use crate::{
    pictures,
    run::{folder, render, squeezed, text},
    sample::Sample,
};

/// What typst would run or stumble over if it were markup.
const MARKUP: &str =
    "#panic(\"x\") #read(\"/etc/passwd\") *b _i `c $d$ <l> @r \\ // /* [#x] = 标题\n- 项\n+ 1 ~ -- ' \"";

/// Puts a text in place of every string but the few that have a form.
fn fill(value: &mut Value, name: &str, words: &str) {
    let formed = ["kind", "report_date", "service", "preview", "original", "signature", "map"];
    match value {
        Value::String(_) if formed.contains(&name) => {}
        Value::String(text) => words.clone_into(text),
        Value::Array(values) => values.iter_mut().for_each(|value| fill(value, name, words)),
        Value::Object(values) => values.iter_mut().for_each(|(name, value)| fill(value, name, words)),
        _ => {}
    }
}

fn filled(words: &str) -> Sample {
    let mut sample = Sample::month();
    let photos = sample.photos.iter().take(4).cloned().collect();
    sample.show(photos);
    sample.snapshot.systems.iter_mut().for_each(|system| system.records.truncate(2));
    sample
        .snapshot
        .systems
        .iter_mut()
        .flat_map(|system| &mut system.records)
        .for_each(|record| record.each.truncate(20));
    sample.snapshot.faults.truncate(2);
    let mut value = serde_json::to_value(&sample.snapshot).unwrap();
    // The task's kind is words; only the cover's has a form.
    fill(&mut value, "", words);
    sample.snapshot = serde_json::from_value(value).unwrap();
    sample
}

#[test]
fn markup_is_printed_and_never_run() {
    let folder = folder(&filled(MARKUP));
    let answer = render(folder.path(), &[]).unwrap();
    assert_eq!(answer.standard, "PDF/A-3a, PDF/UA-1");
    assert_eq!(answer.unprintable, []);
    assert!(text(folder.path()).contains(&squeezed(MARKUP)));
}

#[test]
fn words_without_end_break_and_stay_on_the_page() {
    for words in ["W".repeat(700), "长".repeat(700), "\n".repeat(200), String::new()] {
        let folder = folder(&filled(&words));
        let answer = render(folder.path(), &[]).unwrap();
        assert!(answer.pages < 2_000, "{} pages", answer.pages);
    }
}

#[test]
fn r_386_a_character_that_no_font_has_stops_nothing_and_is_named() {
    let mut sample = Sample::month();
    sample.snapshot.people[0].name = "王\u{10fffd}国".to_owned();
    sample.snapshot.cover.project = "青海\u{202e}大厦䶮".to_owned();
    let folder = folder(&sample);
    let answer = render(folder.path(), &[]).unwrap();
    let of = |field: &str, character| Unprintable { field: field.to_owned(), characters: vec![character] };
    assert_eq!(answer.unprintable, [of("/cover/project", '\u{202e}'), of("/people/0/name", '\u{10fffd}')]);
    assert_eq!(answer.standard, "PDF/A-3a, PDF/UA-1");
    let text = text(folder.path());
    assert!(text.contains("王〓国") && text.contains("青海〓大厦䶮"));
}

#[test]
fn a_plain_drawing_that_cannot_be_drawn_costs_the_drawings_and_not_the_report() {
    let mut sample = Sample::month();
    sample.snapshot.site_work[0].map =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"-1\" height=\"0\"/>".to_owned();
    let folder = folder(&sample);
    assert_eq!(render(folder.path(), &[]).unwrap().left_out, [LeftOut::Map(1), LeftOut::Map(2)]);
}

#[test]
fn what_is_no_picture_and_a_drawing_that_is_not_plain_have_an_empty_frame() {
    let mut sample = Sample::month();
    let mut photos: Vec<Vec<u8>> = sample.photos.iter().take(5).cloned().collect();
    photos[1] = b"\xff\xd8\xff a picture that was cut".to_vec();
    photos[2] = Vec::new();
    sample.show(photos);
    sample.signatures[1] = b"GIF89a".to_vec();
    sample.snapshot.witnesses[1].signature = pictures::id(b"GIF89a");
    sample.snapshot.site_work[0].map =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"/etc/passwd\"/></svg>".to_owned();
    sample.snapshot.site_work[1].map = "<svg".to_owned();
    let folder = folder(&sample);
    let answer = render(folder.path(), &[]).unwrap();
    let expected = [LeftOut::Map(1), LeftOut::Map(2), LeftOut::Photo(2), LeftOut::Photo(3), LeftOut::Signature(2)];
    assert_eq!(answer.left_out, expected);
}
