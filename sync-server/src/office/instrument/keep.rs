//! Somebody puts an instrument on the list, or renews its calibration. A renewal keeps the number.

use crate::{
    office::{Act, Refused, Rule, account::tell_crew, command::command},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    instrument::{Instrument, InstrumentError},
    spelling::Spelled,
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is kept.
#[derive(Clone, Debug, Serialize)]
pub struct Keep {
    /// The instrument as typed; one of the same number is renewed.
    pub instrument: Instrument,
}

impl Rule for InstrumentError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Text(error) => error.values(),
            Self::CalibrationReversed => Values::new(),
        }
    }
}

/// Keeps the instrument and tells the phones.
///
/// # Errors
/// [`Refused`], also when this actor may not change the list.
pub async fn keep(store: &Store, act: Act, wanted: Keep) -> Result<(), Refused<InstrumentError>> {
    let about = act.org.id();
    command(store, act, "keep_instrument", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Keep) -> Result<(), Refused<InstrumentError>> {
    if !may(&act.actor, Action::EditInstruments, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let instrument = wanted.instrument.checked()?;
    tell_crew::lock(tx, act.org, None).await?;
    let keep = sql!(
        "INSERT INTO instrument (org, number, valid_to, retired, body, sort, find)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (org, number) DO UPDATE SET valid_to = excluded.valid_to, retired = excluded.retired,
             body = excluded.body, sort = excluded.sort, find = excluded.find"
    );
    let valid_to = instrument.valid_to.to_string();
    let Spelled { sort, find } = Spelled::of_all([instrument.number.as_str(), &instrument.kind]);
    let body = json(&instrument)?;
    tx.execute(keep, &row![act.org, &instrument.number, &valid_to, false, &body, &sort, &find]).await?;
    Ok(tell_crew::tell(tx, act.org).await?)
}
