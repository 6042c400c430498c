//! The words of closed sets: strum writes and reads the one that serde writes.

use firebee_protocol::{
    blob::BlobState,
    fact::{BlobRole, Mime},
};
use serde::Serialize;
use std::{fmt::Debug, str::FromStr};
use strum::VariantArray;

fn has_one_word<T: VariantArray + Copy + Debug + PartialEq + Serialize + FromStr + Into<&'static str>>() {
    for value in T::VARIANTS {
        let word: &str = (*value).into();
        assert_eq!(serde_json::to_value(value).ok(), Some(word.into()));
        assert_eq!(word.parse().ok().as_ref(), Some(value));
    }
}

#[test]
fn a_word_is_the_same_to_serde_and_in_a_column() {
    has_one_word::<BlobRole>();
    has_one_word::<BlobState>();
    has_one_word::<Mime>();
}
