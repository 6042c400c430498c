//! A manager makes a robot known.

use super::{Platform, Robot};
use crate::{
    code::Code,
    id::{AccountId, RobotId},
    text::{self, At, NAME_MAX, TextError},
    time::Timestamp,
    webhook::Address,
};
use serde::{Deserialize, Serialize};

/// The most robots of a firm that say something at once. Those that are off do not count.
pub const ROBOTS_MAX: u32 = 20;
/// The most characters of the secret that messages are signed with.
pub const SECRET_LENGTH_MAX: u32 = 200;

/// A robot as its form says it, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRobot {
    /// What it is to be called.
    pub name: String,
    /// Whose it is.
    pub platform: Platform,
}

/// What nobody may read: whoever has the address writes into the group.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// Where it is, with its key.
    pub address: Address,
    /// What messages are signed with; empty where the group asks for no signature.
    pub secret: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Why a robot is not made known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RobotError {
    /// The name or the secret is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The address is not one of the platform's robots.
    #[error("the address is not one of a robot of this platform")]
    AddressForeign,
    /// The firm has as many as may be.
    #[error("there are {ROBOTS_MAX} robots")]
    Full,
}

impl RobotError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::AddressForeign => Code::RobotAddressForeign,
            Self::Full => Code::RobotsFull,
        }
    }
}

/// Whether a firm may have one more that says something. Making one known and switching one on both ask here.
fn room(told: u32) -> Result<(), RobotError> {
    if told < ROBOTS_MAX { Ok(()) } else { Err(RobotError::Full) }
}

impl Robot {
    /// The same, saying something again; `told` is how many of the firm do.
    ///
    /// # Errors
    /// [`RobotError::Full`].
    pub fn switched_on(self, told: u32) -> Result<Self, RobotError> {
        if self.off.is_some() {
            room(told)?;
        }
        Ok(Self { off: None, ..self })
    }
}

impl Secrets {
    /// The address and the secret as typed. `is_allowed` says of a host whether the operator lets it stand for a platform.
    fn of(
        platform: Platform,
        (address, secret): (&str, &str),
        (wrong, is_allowed): (&mut Vec<At<RobotError>>, impl Fn(&str) -> bool),
    ) -> Option<Self> {
        let address = address.trim().parse::<Address>().ok();
        let fits = |address: &Address| {
            (address.tls() && address.host() == platform.host() && address.port() == 443) || is_allowed(address.host())
        };
        let address = address.filter(fits).ok_or(RobotError::AddressForeign);
        let address = At::take(wrong, "address", address);
        let secret = if text::is_blank(secret) { Ok(String::new()) } else { text::line(secret, SECRET_LENGTH_MAX) };
        let secret = At::take(wrong, "secret", secret);
        Some(Self { address: address?, secret: secret? })
    }
}

impl NewRobot {
    /// The robot and its secrets, fit to keep.
    ///
    /// # Errors
    /// Everything that is wrong, each with its field.
    pub fn make(
        &self,
        (id, by, now): (RobotId, AccountId, Timestamp),
        typed: (&str, &str),
        (told, is_allowed): (u32, impl Fn(&str) -> bool),
    ) -> Result<(Robot, Secrets), Vec<At<RobotError>>> {
        let mut wrong = Vec::new();
        let name = At::take(&mut wrong, "name", text::name(&self.name, NAME_MAX));
        let secrets = Secrets::of(self.platform, typed, (&mut wrong, is_allowed));
        At::take(&mut wrong, "name", room(told));
        match (name, secrets) {
            (Some(name), Some(secrets)) if wrong.is_empty() => {
                Ok((Robot { id, name, platform: self.platform, by, made: now, off: None }, secrets))
            }
            _ => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn r_388_a_robot_has_a_name_and_an_address_of_its_platform() {
        let at = (RobotId(Uuid::nil()), AccountId(Uuid::nil()), Timestamp(7));
        let wanted = NewRobot { name: "值班群".into(), platform: Platform::Feishu };
        let address = "https://open.feishu.cn/open-apis/bot/v2/hook/7";
        let (robot, secrets) = wanted.make(at, (address, " SEC-example "), (0, |_: &str| false)).unwrap();
        assert_eq!((robot.platform, secrets.secret.as_str()), (Platform::Feishu, "SEC-example"));
        assert!(!format!("{secrets:?}").contains("hook"), "no log line shows it");
        for foreign in ["https://evil.example/", "http://open.feishu.cn/", "https://oapi.dingtalk.com/robot/send", "x"]
        {
            let wrong = wanted.make(at, (foreign, ""), (0, |_: &str| false)).unwrap_err();
            assert_eq!(wrong.first().map(|at| at.error.code()), Some(Code::RobotAddressForeign), "{foreign}");
        }
        assert!(wanted.make(at, ("http://127.0.0.1:9/", ""), (0, |host: &str| host == "127.0.0.1")).is_ok());
        let full = wanted.make(at, (address, ""), (ROBOTS_MAX, |_: &str| false)).unwrap_err();
        assert_eq!(full.first().map(|at| at.error.code()), Some(Code::RobotsFull));
        let off = Robot { off: Some(Timestamp(9)), ..robot.clone() };
        assert_eq!(off.clone().switched_on(ROBOTS_MAX - 1), Ok(robot.clone()));
        assert_eq!(off.switched_on(ROBOTS_MAX), Err(RobotError::Full));
        assert_eq!(robot.clone().switched_on(ROBOTS_MAX), Ok(robot), "one that says something is counted already");
    }
}
