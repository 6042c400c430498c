//! Codes and the two sentences that a user reads for each: what happened, and what to do next.

use super::{Arg, Language, Message as _, Text, say_with};

/// The message of a problem code: `too_large` has the key `problem-too-large`. `None` for a code without one.
#[must_use]
pub fn problem(code: &str) -> Option<Text> {
    Text::from_key(&format!("problem-{}", code.replace('_', "-")))
}

/// Two sentences for a code: what happened and what to do next. `None` for a code that the catalogue does not know. A
/// value that is not given, as where another version wrote the detail, is a question mark: a reader sees no hole.
#[must_use]
pub fn problem_text(code: &str, values: &[(&str, Arg<'_>)], language: Language) -> Option<String> {
    let text = problem(code)?;
    let unknown = text.variables().iter().filter(|name| !values.iter().any(|(given, _)| given == *name));
    let all: Vec<(&str, Arg<'_>)> = values.iter().cloned().chain(unknown.map(|name| (*name, Arg::from("?")))).collect();
    Some(say_with(language, text, &all))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// protocol.md, "Errors": every code of the table and every other one that the protocol names.
    const PROTOCOL: &str = "malformed_frame token_expired sign_in_again store_revoked account_disabled store_mismatch \
        fenced signed_in_elsewhere gap diverged claim_spent incarnation_changed offset_mismatch blob_not_announced \
        cursor_expired too_large chain_mismatch upgrade_required slow_down disk_full malformed unsigned id_conflict \
        foreign_account kind_unknown out_of_scope apply_failed seen_unknown manifest_mismatch item_already_in_task \
        task_not_editable evidence_incomplete";

    #[test]
    fn every_code_of_the_protocol_has_its_sentences() {
        for code in PROTOCOL.split_whitespace() {
            assert!(problem(code).is_some(), "{code}");
        }
    }

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

    #[test]
    fn an_unknown_code_has_no_text() {
        assert_eq!(problem_text("nothing_of_ours", &[], Language::Zh), None);
    }
}
