//! The build's check of the message catalogue, broken on purpose in each way.

#[path = "../build/messages.rs"]
mod messages;

use messages::{Source, compile, read};
use std::path::Path;

fn sources(zh: &str, en: &str) -> Vec<Source> {
    [("zh-CN", zh), ("en", en)]
        .into_iter()
        .map(|(language, content)| Source { language, topic: "word".into(), content: content.into() })
        .collect()
}

/// The faults of a catalogue of one topic, joined for comparison.
fn faults(zh: &str, en: &str) -> String {
    compile(&sources(zh, en)).err().unwrap_or_default().join(" | ")
}

#[test]
fn a_key_that_english_lacks_is_named_with_its_file() {
    let said = faults("word-a = 甲\nword-b = 乙\n", "word-a = A\n");
    assert_eq!(said, "messages/zh-CN/word.ftl:2: `word-b`: has no text in en");
}

#[test]
fn a_key_that_chinese_lacks_is_named_with_its_file() {
    let said = faults("word-a = 甲\n", "word-a = A\n\nword-b = B\n");
    assert_eq!(said, "messages/en/word.ftl:3: `word-b`: has no text in zh-CN");
}

#[test]
fn a_variable_that_only_one_language_uses_is_named() {
    let said = faults("word-a = 第 { $count } 项\n", "word-a = item { $number }\n");
    assert_eq!(
        said,
        "messages/en/word.ftl:1: `word-a`: uses $number, which messages/zh-CN/word.ftl:1 does not | \
         messages/zh-CN/word.ftl:1: `word-a`: uses $count, which messages/en/word.ftl:1 does not"
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
    assert_eq!(said, "messages/zh-CN/word.ftl:2: `word-a`: is already in messages/zh-CN/word.ftl:1");
}

#[test]
fn what_does_not_parse_is_named_with_its_line() {
    let said = faults("word-a = 甲\nword-b = { $\n", "word-a = A\n");
    assert!(said.starts_with("messages/zh-CN/word.ftl:2: does not parse"), "{said}");
}

#[test]
fn what_the_catalogue_does_not_use_is_refused() {
    assert!(faults("word-a = { word-b }\nword-b = 乙\n", "word-a = A\nword-b = B\n").contains("refers to no other"));
    assert!(faults("word-a = { NUMBER($n) }\n", "word-a = { $n }\n").contains("functions are not used"));
    assert!(faults("word-a = 甲\n    .title = 乙\n", "word-a = A\n").contains("attributes are not used"));
    assert!(faults("-word = 甲\nword-a = 甲\n", "word-a = A\n").contains("terms are not used"));
}

#[test]
fn a_key_begins_with_the_name_of_its_file() {
    assert!(faults("other-a = 甲\n", "other-a = A\n").contains("`other-a`: a key begins with the name of its file"));
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
    assert!(!compiled.problem.contains("Word"), "a message that is no problem belongs to no code");
    assert!(compiled.zh.contains("项") && compiled.en.contains("items"));
}

#[test]
fn the_catalogue_of_this_tree_is_sound_and_a_missing_folder_is_named() {
    assert!(compile(&read(Path::new("messages")).unwrap()).is_ok());
    assert!(read(Path::new("nowhere")).err().unwrap_or_default().join("").contains("nowhere/zh-CN"));
}
