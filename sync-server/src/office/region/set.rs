//! Sets what holds in the region of this server. Every setting is kept with its time: what held before stays readable.

use crate::{
    office::{Office, rule::rules},
    query, row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    code::Code,
    region::{PatternError, Region, RegionError},
};

/// Why nothing is set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetRegionError {
    /// What was given is none of a region.
    #[error(transparent)]
    Region(#[from] RegionError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { PatternError [Text], RegionError [Text], SetRegionError [Region], }

impl SetRegionError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Region(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Changes what holds, and gives what holds now. What is as it was is not kept again. Reports that are there stay as they
/// are; their last days move away where there are more working days, and never nearer.
///
/// # Errors
/// See [`SetRegionError`].
pub async fn set(
    office: &Office,
    change: impl Fn(&mut Region) + Clone + Send + Sync + 'static,
) -> Result<Region, SetRegionError> {
    let at = office.clock.now();
    let job = async move |tx: &mut Tx| {
        let before = query::region::region(tx).await?;
        let mut after = before.clone();
        change(&mut after);
        let after = after.checked()?;
        if after != before {
            // Of two at once the later number is taken by one; the other one is tried again over it.
            let keep = sql!(
                "INSERT INTO region(seq, set_ms, body)
                 SELECT COALESCE(MAX(seq), 0) + 1, CAST(?1 AS BIGINT), CAST(?2 AS TEXT) FROM region"
            );
            tx.execute(keep, &row![at, &json(&after)?]).await?;
        }
        Ok::<_, SetRegionError>(after)
    };
    office.store.write("set_region", job).await
}
