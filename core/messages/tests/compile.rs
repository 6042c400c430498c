//! The build's check of the message catalogue, broken on purpose in each way.

use firebee_messages::{
    Language,
    build::{Source, compile, read},
};
use std::path::Path;

fn source(language: Language, content: &str) -> Source {
    Source { language, topic: "word".into(), path: format!("word/{language}.ftl"), content: content.into() }
}

fn sources(zh: &str, en: &str) -> [Source; 2] {
    [source(Language::Zh, zh), source(Language::En, en)]
}

/// The defects of a catalogue of one topic, joined for comparison.
fn faults(zh: &str, en: &str) -> String {
    compile(&sources(zh, en)).err().unwrap_or_default().join(" | ")
}

#[test]
fn a_key_that_english_lacks_is_named_with_its_file() {
    let said = faults("word-a = 甲\nword-b = 乙\n", "word-a = A\n");
    assert_eq!(said, "word/zh-CN.ftl:2: `word-b`: has no text in en");
}

#[test]
fn a_key_that_chinese_lacks_is_named_with_its_file() {
    let said = faults("word-a = 甲\n", "word-a = A\n\nword-b = B\n");
    assert_eq!(said, "word/en.ftl:3: `word-b`: has no text in zh-CN");
}

#[test]
fn a_variable_that_only_one_language_uses_is_named() {
    let said = faults("word-a = 第 { $count } 项\n", "word-a = item { $number }\n");
    assert_eq!(
        said,
        "word/en.ftl:1: `word-a`: uses $number, which word/zh-CN.ftl:1 does not | \
         word/zh-CN.ftl:1: `word-a`: uses $count, which word/en.ftl:1 does not"
    );
}

#[test]
fn a_variable_inside_a_choice_counts() {
    let said = faults("word-a = 甲\n", "word-a = { $n ->\n    [one] one\n   *[other] many\n  }\n");
    assert!(said.contains("uses $n"), "{said}");
}

#[test]
fn a_message_twice_is_named_with_both_places() {
    let said = faults("word-a = 甲\nword-a = 乙\n", "word-a = A\n");
    assert_eq!(said, "word/zh-CN.ftl:2: `word-a`: is already in word/zh-CN.ftl:1");
}

#[test]
fn what_does_not_parse_is_named_with_its_line() {
    let said = faults("word-a = 甲\nword-b = { $\n", "word-a = A\n");
    assert!(said.starts_with("word/zh-CN.ftl:2: does not parse"), "{said}");
}

#[test]
fn what_the_catalogue_does_not_use_is_refused() {
    assert!(faults("word-a = { word-b }\nword-b = 乙\n", "word-a = A\nword-b = B\n").contains("refers to no other"));
    assert!(faults("word-a = { NUMBER($n) }\n", "word-a = { $n }\n").contains("functions are not used"));
    assert!(faults("word-a = 甲\n    .title = 乙\n", "word-a = A\n").contains("attributes are not used"));
    assert!(faults("-word = 甲\nword-a = 甲\n", "word-a = A\n").contains("terms are not used"));
}

#[test]
fn a_key_begins_with_the_name_of_its_folder() {
    assert!(faults("other-a = 甲\n", "other-a = A\n").contains("`other-a`: a key begins with the name of its folder"));
    assert!(faults("word-A = 甲\n", "word-A = A\n").contains("`word-A`: a key is lower-case words"));
}

#[test]
fn two_keys_never_share_a_variant() {
    let said = faults("word-a1 = 甲\nword-a-1 = 乙\n", "word-a1 = A\nword-a-1 = B\n");
    assert!(said.contains("would both be Text::WordA1"), "{said}");
}

#[test]
fn a_sound_catalogue_becomes_an_enum_with_both_texts_in_its_docs() {
    let compiled = compile(&sources("word-two-words = { $n } 项\n", "word-two-words = { $n } items\n")).unwrap();
    assert!(compiled.code.contains("TwoWords"), "{}", compiled.code);
    assert!(compiled.code.contains("{n} 项 / {n} items"), "{}", compiled.code);
    assert!(compiled.code.contains("Self::WordTwoWords => &[\"n\"]"), "{}", compiled.code);
    assert!(compiled.zh.contains("项") && compiled.en.contains("items"));
}

#[test]
fn a_chinese_letter_is_followed_by_chinese_punctuation() {
    assert!(faults("word-a = 甲, 乙\n", "word-a = A, B\n").contains("word/zh-CN.ftl:1: `word-a`: a Chinese letter"));
    assert_eq!(faults("word-a = 甲，GPX, 乙\n", "word-a = A, GPX, B\n"), "");
}

/// A folder owns its texts; its name is their first word.
#[test]
fn texts_are_found_in_every_folder_and_one_of_no_language_is_named() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("page/sign_in");
    std::fs::create_dir_all(&folder).unwrap();
    for language in Language::ALL {
        std::fs::write(folder.join(format!("{language}.ftl")), "sign-in-title = FB\n").unwrap();
    }
    let found = read(root.path()).unwrap();
    assert!(found.iter().all(|source| source.topic == "sign-in"));
    assert!(compile(&found).unwrap().code.contains("SignInTitle"));
    std::fs::write(folder.join("fr.ftl"), "sign-in-title = FB\n").unwrap();
    assert!(read(root.path()).err().unwrap_or_default().join("").contains("fr.ftl: a file of messages is called"));
    assert!(read(Path::new("nowhere")).err().unwrap_or_default().join("").contains("nowhere"));
}
