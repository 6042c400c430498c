//! The words of closed sets: strum writes and reads the one that serde writes.

use firebee_domain::{
    account::{Action, Category, Relation, Role},
    catalogue::Nature,
    dispatch::{DispatchKind, DispatchState, Outcome, Step},
    fault::{FaultState, Way},
    plan::PlanItemState,
    review::Decision,
    task::TaskState,
};
use serde::Serialize;
use std::{fmt::Debug, str::FromStr};
use strum::VariantArray;

fn word(value: impl Serialize) -> Option<String> {
    Some(serde_json::to_value(value).ok()?.as_str()?.to_owned())
}

fn is_written<T: VariantArray + Copy + Serialize + Into<&'static str>>() {
    for value in T::VARIANTS {
        assert_eq!(word(value).as_deref(), Some((*value).into()));
    }
}

fn is_read<T: VariantArray + Serialize + FromStr + Debug + PartialEq>() {
    for value in T::VARIANTS {
        assert_eq!(word(value).and_then(|word| word.parse().ok()).as_ref(), Some(value));
    }
}

#[test]
fn a_word_is_written_as_serde_writes_it() {
    is_written::<Action>();
    is_written::<Category>();
    is_written::<DispatchKind>();
    is_written::<DispatchState>();
    is_written::<FaultState>();
    is_written::<Nature>();
    is_written::<PlanItemState>();
    is_written::<Relation>();
    is_written::<Role>();
    is_written::<Step>();
    is_written::<TaskState>();
    is_written::<Way>();
}

#[test]
fn the_word_that_serde_writes_is_read() {
    is_read::<Decision>();
    is_read::<DispatchKind>();
    is_read::<DispatchState>();
    is_read::<FaultState>();
    is_read::<Nature>();
    is_read::<Outcome>();
    is_read::<PlanItemState>();
    is_read::<Role>();
    is_read::<TaskState>();
    is_read::<Way>();
}
