//! The sentences of the catalogue, as a reader sees them.

use super::*;

#[test]
fn every_message_is_said_in_both_languages_without_a_hole() {
    for text in Text::ALL {
        let values: Vec<(&str, Arg<'_>)> = text.variables().iter().map(|name| (*name, Arg::from(7_u32))).collect();
        for language in Language::ALL {
            let said = say_with(language, *text, &values);
            assert!(!said.contains('{') && said != text.key() && !said.is_empty(), "{language} {text:?}: {said}");
            assert!(!said.contains(['\u{2068}', '\u{2069}']), "{language} {text:?}: {said:?}");
        }
    }
}

#[test]
fn a_missing_value_shows_its_name_and_stops_nothing() {
    let said = say(Language::En, Text::ProblemFaultsNotHandled);
    assert!(said.contains("{$count}"), "{said}");
}

#[test]
fn english_counts_in_one_and_in_many() {
    let said = |n: u32| say_with(Language::En, Text::ProblemFaultsNotHandled, &[("count", n.into())]);
    assert!(said(1).contains("1 fault of the task is"), "{}", said(1));
    assert!(said(2000).contains("2000 faults of the task are"), "{}", said(2000));
}

#[test]
fn threads_may_speak_at_once() {
    let first = say(Language::Zh, Text::ProblemFenced);
    let all: Vec<String> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..8).map(|_| scope.spawn(|| say(Language::Zh, Text::ProblemFenced))).collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    assert!(all.iter().all(|said| *said == first));
}
