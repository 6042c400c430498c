//! The robots of chat groups in words.

use super::{Reader, webhook::unsent};
use crate::{query::robot::RobotRow, text::Text as T};
use firebee_domain::{id::RobotId, robot::Platform};
use firebee_protocol::text::{Chip, Language, Shape, Tone, When, say};

/// A robot.
pub struct RobotLine {
    /// Its id.
    pub id: RobotId,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub platform: String,
    /// When it said something last.
    pub said: Option<When>,
    /// How that ended, in words, with the platform's code or ours; empty where all was well.
    pub answer: String,
    /// Whether it says anything.
    pub state: Chip,
    /// The same.
    pub told: bool,
}

/// A robot in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &RobotRow) -> RobotLine {
    let told = row.robot.off.is_none();
    let (tone, shape, text) =
        if told { (Tone::Conform, Shape::Check, T::RobotOn) } else { (Tone::Untestable, Shape::Barred, T::RobotOff) };
    RobotLine {
        id: row.robot.id,
        name: row.robot.name.clone(),
        platform: platform(reader.language, row.robot.platform),
        said: row.said.map(|said| reader.when(said)),
        answer: match row.answer.parse() {
            Ok(answer) => format!("{} {}", unsent(reader.language, answer), row.answer),
            Err(_) => row.answer.clone(),
        },
        state: Chip { tone, shape, word: say(reader.language, text) },
        told,
    }
}

/// What a platform is called.
#[must_use]
pub fn platform(language: Language, platform: Platform) -> String {
    let text = match platform {
        Platform::Wecom => T::RobotWecom,
        Platform::Dingtalk => T::RobotDingtalk,
        Platform::Feishu => T::RobotFeishu,
    };
    say(language, text)
}
