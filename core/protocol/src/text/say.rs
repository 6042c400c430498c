//! From a message and its values to a sentence.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::{Arg, Language, Text};

type Bundle = FluentBundle<FluentResource>;

static ZH: LazyLock<Bundle> =
    LazyLock::new(|| bundle(Language::Zh, include_str!(concat!(env!("OUT_DIR"), "/zh-CN.ftl"))));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::En, include_str!(concat!(env!("OUT_DIR"), "/en.ftl"))));

/// A message that has nothing to fill in.
#[must_use]
pub fn say(language: Language, text: Text) -> String {
    say_with(language, text, &[])
}

/// A message with its values. A value that is not given shows as its name in braces; one too many changes nothing.
#[must_use]
pub fn say_with(language: Language, text: Text, values: &[(&str, Arg<'_>)]) -> String {
    let bundle = match language {
        Language::Zh => &*ZH,
        Language::En => &*EN,
    };
    let args: FluentArgs<'_> = values.iter().map(|(name, arg)| (*name, arg)).collect();
    match bundle.get_message(text.key()).and_then(|message| message.value()) {
        Some(pattern) => bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned(),
        // The build refuses a catalogue in which this could happen; a key is still better than a crash.
        None => text.key().to_owned(),
    }
}

fn bundle(language: Language, source: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.tag().parse().unwrap_or_default()]);
    // The marks that isolate a value's writing direction would land in hashes, CSV files and logs.
    bundle.set_use_isolating(false);
    // Faults were found by the build; what could be read is used.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let _ = bundle.add_resource(resource);
    bundle
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn chinese_uses_chinese_punctuation() {
        for text in Text::ALL {
            let values: Vec<(&str, Arg<'_>)> = text.variables().iter().map(|name| (*name, "甲".into())).collect();
            let said = say_with(Language::Zh, *text, &values);
            let letters: Vec<char> = said.chars().collect();
            for pair in letters.windows(2) {
                let chinese = ('\u{4e00}'..='\u{9fff}').contains(&pair[0]);
                assert!(!(chinese && matches!(pair[1], ',' | ';' | ':' | '?' | '!' | '(' | '.')), "{text:?}: {said}");
            }
        }
    }
}
