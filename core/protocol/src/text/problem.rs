//! Codes and the two sentences that a user reads for each: what happened, and what to do next.

use super::{Arg, Language, Message as _, Text, say_with};
use firebee_domain::code::Code;

include!(concat!(env!("OUT_DIR"), "/problem.rs"));

/// Two sentences for a code: what happened and what to do next. A value that is not given, as where another version wrote
/// the detail, is a question mark: a reader sees no hole.
#[must_use]
pub fn problem_text(code: Code, values: &[(&str, Arg<'_>)], language: Language) -> String {
    let text = problem(code);
    let unknown = text.variables().iter().filter(|name| !values.iter().any(|(given, _)| given == *name));
    let all: Vec<(&str, Arg<'_>)> = values.iter().cloned().chain(unknown.map(|name| (*name, Arg::from("?")))).collect();
    say_with(language, text, &all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_two_sentences_in_both_languages() {
        for text in Text::ALL.iter().filter(|text| text.key().starts_with("problem-")) {
            let values: Vec<(&str, Arg<'_>)> = text.variables().iter().map(|name| (*name, Arg::from(2_u32))).collect();
            for (language, stop) in [(Language::Zh, '。'), (Language::En, '.')] {
                let said = say_with(language, *text, &values);
                assert!(said.ends_with(stop), "{language} {text:?}: {said}");
                assert!(said.matches(stop).count() >= 2, "{language} {text:?}: {said}");
            }
        }
    }
}
