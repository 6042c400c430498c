//! Bad input through the real server: each gets its code and two sentences, and nothing else is lost.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod blobs;
mod facts;
mod frames;
mod photos;
mod sessions;
mod tasks;

use firebee_domain::code::Code;
use firebee_protocol::text::{Language, problem_text};

/// Whoever shows the code has a sentence for it in both languages.
fn has_sentences(code: &str) {
    let code: Code = code.parse().unwrap();
    let say = |language| problem_text(code, &[], language);
    let (zh, en) = (say(Language::Zh), say(Language::En));
    assert!(!zh.is_ascii(), "{code} has no Chinese sentence");
    assert!(en.contains(' '), "{code} has no English sentence");
}
