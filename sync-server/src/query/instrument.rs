//! Reads about the instruments of a firm.

use super::page::{Page, Place, Wanted, holds, page};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor, Subject, may},
    instrument::Instrument,
};
use strum::EnumString;

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum InstrumentSort {
    /// The number on it.
    Number,
    /// The last day of its calibration.
    #[default]
    ValidTo,
}

/// The statement of one order.
macro_rules! instruments_by {
    ($key:literal, $way:literal, $beyond:literal) => {
        sql!(concat!(
            "SELECT i.body, i.number, ",
            $key,
            " FROM instrument i WHERE i.org = ?1 AND i.retired = ?2",
            holds!("i.number || ' ' || i.body", "?3"),
            page!($key, "TEXT", "i.number", $way, $beyond, "?4", "?5", "?6")
        ))
    };
}

/// A page of the instruments in use, for actors who may read them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn instruments(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    wanted: &Wanted<InstrumentSort>,
) -> Result<Page<Instrument>, StoreError> {
    if !may(actor, Action::ReadCrew, &Subject::of(org.id(), &[])) {
        return Ok(wanted.page(Vec::new()));
    }
    let find = match (wanted.sort, wanted.descending) {
        (InstrumentSort::Number, false) => instruments_by!("i.number", "ASC", ">"),
        (InstrumentSort::Number, true) => instruments_by!("i.number", "DESC", "<"),
        (InstrumentSort::ValidTo, false) => instruments_by!("i.valid_to", "ASC", ">"),
        (InstrumentSort::ValidTo, true) => instruments_by!("i.valid_to", "DESC", "<"),
    };
    let (pattern, id) = (wanted.pattern(), wanted.after.as_ref().map(|place| place.id.as_str()));
    let mut found = Vec::new();
    for row in tx.query(find, &row![org, false, &pattern, wanted.after_text(), id, wanted.limit()]).await? {
        found.push((own(row.get(0)?)?, Place { key: row.get(2)?, id: row.get(1)? }));
    }
    Ok(wanted.page(found))
}
