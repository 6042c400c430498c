//! Passwords: Argon2id, two hashes at once, and what a new password must be.

mod crowd;
mod phc;
mod queue;

use crate::{
    blocking,
    config::PasswordCost,
    observe::{self, Counter},
};
use firebee_domain::code::Code;
use queue::{Queue, Slot};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Fewest characters of a new password.
pub const LENGTH_MIN: usize = 8;
/// Most bytes of a password; a longer one is never hashed.
pub const BYTES_MAX: usize = 256;
/// Passwords that everybody tries first, in lower case.
const COMMON: [&str; 28] = [
    "12345678",
    "123456789",
    "1234567890",
    "0123456789",
    "87654321",
    "987654321",
    "11111111",
    "00000000",
    "88888888",
    "66666666",
    "12341234",
    "11223344",
    "password",
    "password1",
    "passw0rd",
    "p@ssw0rd",
    "qwertyui",
    "qwertyuiop",
    "1qaz2wsx",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "abcd1234",
    "a1234567",
    "aa123456",
    "abc12345",
    "asdfghjkl",
    "iloveyou",
    "woaini1314",
];
/// No letter or digit that is taken for another on paper: 31 characters.
const ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Why a password is not taken, or cannot be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`LENGTH_MIN`] characters.
    #[error("the password has fewer than {LENGTH_MIN} characters")]
    TooShort,
    /// More than [`BYTES_MAX`] bytes.
    #[error("the password has more than {BYTES_MAX} bytes")]
    TooLong,
    /// One of those that everybody tries first.
    #[error("the password is a common one")]
    TooCommon,
    /// The machine refused memory or random bytes.
    #[error("the password could not be hashed")]
    Failed,
}

impl PasswordError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::TooShort => Code::PasswordTooShort,
            Self::TooLong => Code::TextTooLong,
            Self::TooCommon => Code::PasswordTooCommon,
            Self::Failed => Code::ServerError,
        }
    }
}

/// whether somebody may choose this password.
pub fn check_new(password: &str) -> Result<(), PasswordError> {
    if password.chars().count() < LENGTH_MIN {
        return Err(PasswordError::TooShort);
    }
    if password.len() > BYTES_MAX {
        return Err(PasswordError::TooLong);
    }
    let lower = password.to_lowercase();
    let mut characters = lower.chars();
    let first = characters.next();
    if COMMON.contains(&lower.as_str()) || characters.all(|next| Some(next) == first) {
        return Err(PasswordError::TooCommon);
    }
    Ok(())
}

/// A random password to be read aloud or copied by hand: 16 characters in four groups, 79 bits.
///
/// # Errors
/// The operating system has no random bytes to give.
pub fn random() -> Result<String, getrandom::Error> {
    let mut out = String::with_capacity(19);
    let mut taken = 0;
    while taken < 16 {
        for byte in crate::random::random_bytes::<32>()? {
            // 248 is the largest multiple of 31 in a byte, so every character is equally likely.
            let Some(character) = (byte < 248).then(|| ALPHABET.get(usize::from(byte) % ALPHABET.len())).flatten()
            else {
                continue;
            };
            if taken == 16 {
                break;
            }
            if taken > 0 && taken % 4 == 0 {
                out.push('-');
            }
            out.push(char::from(*character));
            taken += 1;
        }
    }
    Ok(out)
}

/// Where a password was typed. Waits hold for one login from one source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A phone or a browser that has signed in with this login before, and proves it. It goes before strangers.
    Known(String),
    /// The network address of a stranger.
    Address(String),
}

impl Source {
    /// The name under which failures are counted. An address never equals the name of a phone or a browser.
    pub fn key(&self) -> &str {
        match self {
            Self::Known(name) | Self::Address(name) => name,
        }
    }
}

/// The right to have one password compared. Dropping it lets another password be looked at.
pub struct Turn(Slot);

/// Hashes and verifies, two at once in the whole process. Cloning is cheap.
#[derive(Clone, Default)]
pub struct Passwords {
    cost: PasswordCost,
    queue: Arc<Queue>,
    runs: Arc<AtomicU64>,
}

impl Passwords {
    /// Hashes new passwords at this cost. A hash that was made at another is verified at its own.
    pub fn of_cost(cost: PasswordCost) -> Self {
        Self { cost, ..Self::default() }
    }

    /// Waits for the turn of a password from `source`. `None` when too many wait, and this one has waited longest: then
    /// it may come again.
    pub async fn turn(&self, source: &Source) -> Option<Turn> {
        self.queue.slot_of(source).await.map(Turn)
    }

    /// The PHC text of a password, with a salt of its own.
    ///
    /// # Errors
    /// [`PasswordError::TooLong`] and [`PasswordError::Failed`]; whether it may be chosen is [`check_new`]'s to say.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        if password.len() > BYTES_MAX {
            return Err(PasswordError::TooLong);
        }
        let salt = crate::random::random_bytes::<16>().map_err(|_| PasswordError::Failed)?;
        let slot = self.queue.slot().await.ok_or(PasswordError::Failed)?;
        let cost = self.cost;
        let hashed = self.run(slot, move |slot| phc::hash(slot, cost, password.as_bytes(), &salt));
        hashed.await.flatten().ok_or(PasswordError::Failed)
    }

    /// Whether `password` has the hash `stored`. Without a hash the same work is done, so that an unknown login takes
    /// as long as a wrong password.
    pub async fn verify(&self, Turn(slot): Turn, password: String, stored: Option<String>) -> bool {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| phc::of_nobody(self.cost));
        // Refusing a text that is too long for a password takes the same time.
        let password = if password.len() > BYTES_MAX { String::new() } else { password };
        let verified = self.run(slot, move |slot| phc::verify(slot, password.as_bytes(), &stored));
        verified.await.flatten().unwrap_or(false) && known
    }

    /// How many hashes were computed since the start.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(
        &self,
        mut slot: Slot,
        work: impl FnOnce(&mut Slot) -> T + Send + 'static,
    ) -> Option<T> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        observe::count(Counter::PasswordHashed);
        // The work continues when the request is dropped, so the task of the work holds the slot.
        blocking::run(move || work(&mut slot)).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// at least eight characters, and none of the common passwords.
    #[test]
    fn r_374_a_new_password_is_long_enough_and_not_a_common_one() {
        assert_eq!(check_new("消防维保检测记录"), Ok(()));
        assert_eq!(check_new("1234567"), Err(PasswordError::TooShort));
        assert_eq!(check_new("PassWord"), Err(PasswordError::TooCommon));
        assert_eq!(check_new("zzzzzzzzzzzz"), Err(PasswordError::TooCommon));
        assert_eq!(check_new(&"长".repeat(86)), Err(PasswordError::TooLong));
    }

    #[test]
    fn a_random_password_is_four_groups_of_unmistakable_characters() {
        let (one, two) = (random().unwrap(), random().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4]);
        assert!(one.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)), "{one}");
        assert_eq!(check_new(&one), Ok(()));
    }

    #[tokio::test]
    async fn a_hash_is_argon2id_with_its_parameters_and_only_its_password_has_it() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let turn = async || passwords.turn(&Source::Address(String::new())).await.unwrap();
        assert!(passwords.verify(turn().await, "correct horse".into(), Some(hash.clone())).await);
        assert!(!passwords.verify(turn().await, "correct horsf".into(), Some(hash.clone())).await);
        assert_ne!(passwords.hash("correct horse".into()).await.unwrap(), hash, "each has its own salt");
    }

    /// An unknown login costs a real verification: the same algorithm with the same parameters.
    #[tokio::test]
    async fn an_unknown_login_costs_one_hash_of_the_same_parameters() {
        let parameters = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        for cost in [PasswordCost::default(), PasswordCost::LEAST] {
            let real = Passwords::of_cost(cost).hash("correct horse".into()).await.unwrap();
            let nobody = phc::of_nobody(cost);
            assert_eq!((parameters(&nobody), nobody.len()), (parameters(&real), real.len()));
        }
        let passwords = Passwords::default();
        let before = passwords.runs();
        let turn = passwords.turn(&Source::Address(String::new())).await.unwrap();
        assert!(!passwords.verify(turn, String::new(), None).await);
        assert_eq!(passwords.runs(), before + 1);
    }

    /// The slot stays taken when the client disconnects, because the work still uses a core.
    #[tokio::test]
    async fn a_hash_takes_its_slot_until_it_is_done_even_if_nobody_waits_for_it() {
        let passwords = Passwords::default();
        let (started, begun) = std::sync::mpsc::channel::<()>();
        let (end, ends) = std::sync::mpsc::channel::<()>();
        let asking = passwords.clone();
        let other = passwords.queue.slot().await.unwrap();
        let request = tokio::spawn(async move {
            let slot = asking.queue.slot().await.unwrap();
            asking.run(slot, move |_| started.send(()).is_ok() && ends.recv().is_ok()).await
        });
        tokio::task::spawn_blocking(move || begun.recv()).await.unwrap().unwrap();
        request.abort();
        assert!(request.await.is_err_and(|left| left.is_cancelled()), "the client is gone");
        let mut third = std::pin::pin!(passwords.queue.slot());
        assert!(tokio::time::timeout(std::time::Duration::ZERO, &mut third).await.is_err());
        end.send(()).unwrap();
        assert!(third.await.is_some(), "and gives its slot back");
        drop(other);
    }
}
