//! Reads about the instruments of a firm.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
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

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "i.body",
            concat!("FROM instrument i WHERE i.org = ?2 AND i.retired = ?10 AND ", sees_all!()),
            "i.find",
            $key: $kind,
            "i.number": Text
        )
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
    let order = match wanted.sort {
        InstrumentSort::Number => by!("i.sort": Text),
        InstrumentSort::ValidTo => by!("i.valid_to": Text),
    };
    let seen = visible(actor, Action::ReadCrew, org);
    page::page(tx, &seen, (&order, wanted), &row![false], |row| own(row.get(0)?)).await
}
