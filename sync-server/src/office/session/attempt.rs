//! Waits after wrong passwords. A wait holds for one login from one source, so that nobody can lock out somebody else.

use crate::{
    office::Office,
    password::Source,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::time::Timestamp;

/// Wrong passwords without a wait: people type with gloves on small keys.
const FREE_FAILURES: i64 = 3;
/// The longest wait after a wrong password, in milliseconds. Nobody is ever locked out for good.
const DELAY_MS_MAX: i64 = 300_000;
/// After this time without an attempt the failures are forgotten, in milliseconds.
const FORGET_MS: i64 = 86_400_000;

/// Why a password is not even looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttemptError {
    /// Too soon after wrong passwords, or too many wait and this one has waited longest.
    #[error("too soon after wrong passwords")]
    Wait {
        /// Seconds to wait.
        seconds: u32,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Checks a password that somebody typed for `login` at `source` against the hash `stored`. Whoever has to wait is told so
/// at once, and takes no turn from others. The failure is counted before the check, so that parallel attempts count too,
/// and forgotten after the right password.
///
/// # Errors
/// See [`AttemptError`].
pub(in crate::office) async fn check(
    office: &Office,
    login: &str,
    source: &Source,
    password: &str,
    stored: Option<String>,
) -> Result<bool, AttemptError> {
    let (login, key) = (login.to_owned(), source.key().to_owned());
    look(office, login.clone(), key.clone()).await?;
    let turn = office.passwords.turn(source).await.ok_or(AttemptError::Wait { seconds: 1 })?;
    count(office, login.clone(), key.clone()).await?;
    let verified = office.passwords.verify(turn, password.to_owned(), stored).await;
    if verified {
        forget(office, login, key).await?;
    }
    Ok(verified)
}

async fn look(office: &Office, login: String, source: String) -> Result<(), AttemptError> {
    let now = office.clock.now();
    let job = async move |tx: &mut Tx| {
        let find = sql!("SELECT failures, last_ms FROM sign_in_failure WHERE login = ?1 AND address = ?2");
        match tx.query_opt(find, &row![&login, &source]).await? {
            Some(row) => may_try(row.get(0)?, row.get(1)?, now),
            None => Ok(()),
        }
    };
    office.store.read("look_at_failures", job).await
}

async fn count(office: &Office, login: String, source: String) -> Result<(), AttemptError> {
    let now = office.clock.now();
    let job = async move |tx: &mut Tx| {
        let lock = sql!(
            "INSERT INTO sign_in_failure(login, address, failures, last_ms) VALUES (?1, ?2, 0, ?3)
             ON CONFLICT (login, address) DO UPDATE SET failures = sign_in_failure.failures
             RETURNING failures, last_ms"
        );
        let row = tx.query_opt(lock, &row![&login, &source, now]).await?;
        let (failures, last) = row.map_or(Ok((0, now)), |row| Ok::<_, StoreError>((row.get(0)?, row.get(1)?)))?;
        may_try(failures, last, now)?;
        let count =
            sql!("UPDATE sign_in_failure SET failures = failures + 1, last_ms = ?3 WHERE login = ?1 AND address = ?2");
        tx.execute(count, &row![&login, &source, now]).await?;
        if failures == 0 {
            let sweep = sql!("DELETE FROM sign_in_failure WHERE last_ms < ?1");
            tx.execute(sweep, &row![now.plus_ms(-FORGET_MS)]).await?;
        }
        Ok(())
    };
    office.store.write("note_sign_in", job).await
}

/// Whether a password may be tried now, after so many failures of which the last was then.
fn may_try(failures: i64, last: Timestamp, now: Timestamp) -> Result<(), AttemptError> {
    let wait_ms = last.plus_ms(delay_ms(failures)).ms_since(now);
    // A clock that was set back makes nobody wait for longer than the longest wait.
    if wait_ms <= 0 || wait_ms > DELAY_MS_MAX {
        return Ok(());
    }
    Err(AttemptError::Wait { seconds: u32::try_from(wait_ms.div_euclid(1_000) + 1).unwrap_or(1) })
}

async fn forget(office: &Office, login: String, source: String) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        let forget = sql!("DELETE FROM sign_in_failure WHERE login = ?1 AND address = ?2");
        tx.execute(forget, &row![&login, &source]).await.map(drop)
    };
    office.store.write("forget_failures", job).await
}

/// The wait after so many wrong passwords, in milliseconds: none at first, then doubling from two seconds to five
/// minutes.
fn delay_ms(failures: i64) -> i64 {
    let doublings = u32::try_from(failures.saturating_sub(FREE_FAILURES)).unwrap_or(0).min(20);
    if doublings == 0 { 0 } else { (1_000_i64 << doublings).min(DELAY_MS_MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_five_minutes_and_no_further() {
        let delays: Vec<i64> = [0, 3, 4, 5, 6, 10, 11, 12, 1_000_000].map(delay_ms).to_vec();
        assert_eq!(delays, [0, 0, 2_000, 4_000, 8_000, 128_000, 256_000, 300_000, 300_000]);
    }
}
