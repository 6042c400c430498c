//! Robots in the chat groups of three platforms: what a group is told of a firm's work, and how often.

mod digest;
mod make;

pub use digest::{Digest, SLOT_MS, slot};
pub use make::{NewRobot, ROBOTS_MAX, RobotError, SECRET_LENGTH_MAX, Secrets};

use crate::{
    id::{AccountId, RobotId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Whose robot it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Platform {
    /// WeCom.
    Wecom,
    /// DingTalk.
    Dingtalk,
    /// Feishu.
    Feishu,
}

impl Platform {
    /// The host of its robots.
    #[must_use]
    pub const fn host(self) -> &'static str {
        match self {
            Self::Wecom => "qyapi.weixin.qq.com",
            Self::Dingtalk => "oapi.dingtalk.com",
            Self::Feishu => "open.feishu.cn",
        }
    }
}

/// A robot, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robot {
    /// Its id.
    pub id: RobotId,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub platform: Platform,
    /// Who made it, and whose rights it has.
    pub by: AccountId,
    /// When it was made.
    pub made: Timestamp,
    /// Since when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<Timestamp>,
}
