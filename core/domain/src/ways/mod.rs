//! A firm's ways: how it works, as settings. They fill forms in and may ask for more than the rules, never for less.

mod demands;

pub use demands::Demands;

use crate::{
    catalogue::Catalogue,
    code::Code,
    id::AccountId,
    text::{self, At, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The fewest photos of an answer that does not conform: what the rules ask.
pub const PHOTOS_MIN: u8 = 1;
/// The most photos that a firm may ask for.
pub const PHOTOS_MAX: u8 = 9;
/// The most systems whose items each need a photo: more than any edition of the catalogue has.
pub const SYSTEMS_MAX: usize = 100;
/// The most lines that a firm adds to the checklist.
pub const LINES_MAX: usize = 12;
/// How many days before a deadline people are told of it, unless a firm says more.
pub const REMINDER_DAYS: u8 = 3;
/// The most days before a deadline that people are told of it.
pub const REMINDER_DAYS_MAX: u8 = 20;

/// Where the owner's witness signs.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WitnessWay {
    /// Where a project asks for one.
    #[default]
    EachProject,
    /// As each project says, and a new one asks by itself.
    NewProjects,
    /// In every project, whatever it says.
    AllProjects,
}

/// Who of those whom the rules permit reviews.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Reviewers {
    /// The lead of the project and the technical director, as the rules say; an own task with a warning.
    #[default]
    AsTheRules,
    /// The same, and nobody the own task.
    NotOwnTasks,
    /// The lead of the project alone, and not the own task: that is the technical director's.
    LeadFirst,
}

/// How a firm works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ways {
    /// Who leads a new project, unless somebody else is chosen.
    pub lead: Option<AccountId>,
    /// Who usually executes in a new project, unless somebody else is chosen.
    pub executor: Option<AccountId>,
    /// How many photos an answer needs that does not conform.
    pub photos: u8,
    /// The catalogue codes of the systems whose items each need a photo.
    pub photo_systems: Vec<String>,
    /// What the executor confirms before a submission, beside what the rules ask.
    pub lines: Vec<String>,
    /// Where the owner's witness signs.
    pub witness: WitnessWay,
    /// Who reviews.
    pub reviewers: Reviewers,
    /// How many days before a deadline people are told of it.
    pub reminder_days: u8,
}

/// What the rules ask, and nothing more.
impl Default for Ways {
    fn default() -> Self {
        Self {
            lead: None,
            executor: None,
            photos: PHOTOS_MIN,
            photo_systems: Vec::new(),
            lines: Vec::new(),
            witness: WitnessWay::default(),
            reviewers: Reviewers::default(),
            reminder_days: REMINDER_DAYS,
        }
    }
}

/// Why a setting is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WaysError {
    /// It asks for less than the rules.
    #[error("less than the rules ask")]
    Less,
    /// It asks for more than anybody can do, for the same twice, or for what the catalogue does not know.
    #[error("more than can be asked")]
    OutOfRange,
    /// A line of the checklist.
    #[error(transparent)]
    Line(#[from] TextError),
}

impl WaysError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Less => Code::WaysBelowRules,
            Self::OutOfRange => Code::WaysOutOfRange,
            Self::Line(error) => error.code(),
        }
    }
}

impl Reviewers {
    /// Whether somebody whom the rules permit reviews a task of this executor in a project of this lead.
    pub fn include(self, reviewer: AccountId, executor: AccountId, lead: Option<AccountId>) -> bool {
        let own = reviewer == executor;
        match self {
            Self::AsTheRules => true,
            Self::NotOwnTasks => !own,
            // What the lead executed is left to the technical director.
            Self::LeadFirst => !own && (lead == Some(reviewer) || lead == Some(executor)),
        }
    }
}

impl Ways {
    /// The settings, fit to keep. Whether lead and executor can be what they are set to is known to whoever knows accounts.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn checked(self, catalogue: &Catalogue) -> Result<Self, Vec<At<WaysError>>> {
        let mut wrong = Vec::new();
        let within = |value: u8, least: u8, most: u8| match value {
            less if less < least => Err(WaysError::Less),
            more if more > most => Err(WaysError::OutOfRange),
            _ => Ok(()),
        };
        At::take(&mut wrong, "photos", within(self.photos, PHOTOS_MIN, PHOTOS_MAX));
        At::take(&mut wrong, "reminder_days", within(self.reminder_days, REMINDER_DAYS, REMINDER_DAYS_MAX));
        let mut photo_systems = self.photo_systems;
        photo_systems.sort_unstable();
        photo_systems.dedup();
        let known = |code: &String| catalogue.systems.iter().any(|system| system.code == *code);
        let all_known = photo_systems.len() <= SYSTEMS_MAX && photo_systems.iter().all(known);
        At::take(&mut wrong, "photo_systems", all_known.then_some(()).ok_or(WaysError::OutOfRange));
        let lines = At::take(&mut wrong, "lines", lines(&self.lines)).unwrap_or_default();
        if wrong.is_empty() { Ok(Self { photo_systems, lines, ..self }) } else { Err(wrong) }
    }
}

/// The lines of a checklist: each one line, none twice.
fn lines(typed: &[String]) -> Result<Vec<String>, WaysError> {
    let mut kept: Vec<String> = Vec::new();
    for line in typed {
        let line = text::name(line, NAME_MAX)?;
        if kept.contains(&line) {
            return Err(WaysError::OutOfRange);
        }
        kept.push(line);
    }
    if kept.len() > LINES_MAX { Err(WaysError::OutOfRange) } else { Ok(kept) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        serde_json::from_str(include_str!("../../catalogue.json")).unwrap()
    }

    /// What is wrong, by field.
    fn wrong(ways: Ways) -> Vec<(&'static str, Code)> {
        let wrong = ways.checked(&catalogue()).unwrap_err();
        wrong.into_iter().map(|at| (at.field, at.error.code())).collect()
    }

    #[test]
    fn r_393_a_firm_works_as_the_rules_say_until_it_asks_for_more() {
        let read: Ways = serde_json::from_str("{}").unwrap();
        assert_eq!(read, Ways::default());
        assert_eq!(read.clone().checked(&catalogue()), Ok(read.clone()));
        assert!(read.demands(false).is_of_the_rules());
    }

    #[test]
    fn r_393_no_setting_asks_for_less_than_the_rules() {
        let less = Code::WaysBelowRules;
        assert_eq!(wrong(Ways { photos: 0, ..Ways::default() }), [("photos", less)]);
        assert_eq!(wrong(Ways { reminder_days: REMINDER_DAYS - 1, ..Ways::default() }), [("reminder_days", less)]);
        for word in ["nobody", "company_manager", "field_operator"] {
            assert!(word.parse::<Reviewers>().is_err() && word.parse::<WitnessWay>().is_err(), "{word}");
        }
    }

    #[test]
    fn r_150_r_393_who_reviews_is_fewer_people_and_never_others() {
        let [lead, director, operator] = [1, 2, 3].map(|n| AccountId(uuid::Uuid::from_u128(n)));
        let of = |way: Reviewers, executor| [lead, director].map(|who| way.include(who, executor, Some(lead)));
        assert_eq!(of(Reviewers::AsTheRules, lead), [true, true]);
        assert_eq!(of(Reviewers::NotOwnTasks, operator), [true, true]);
        assert_eq!(
            (of(Reviewers::NotOwnTasks, lead), of(Reviewers::NotOwnTasks, director)),
            ([false, true], [true, false])
        );
        assert_eq!(
            (of(Reviewers::LeadFirst, operator), of(Reviewers::LeadFirst, lead)),
            ([true, false], [false, true])
        );
    }

    #[test]
    fn r_393_what_nobody_can_do_is_not_asked() {
        let too = Code::WaysOutOfRange;
        let all = Ways {
            photos: PHOTOS_MAX + 1,
            reminder_days: REMINDER_DAYS_MAX + 1,
            photo_systems: vec!["none".into()],
            lines: vec!["keys back".into(), " keys back ".into()],
            ..Ways::default()
        };
        assert_eq!(wrong(all), ["photos", "reminder_days", "photo_systems", "lines"].map(|field| (field, too)));
        let many = (0..=LINES_MAX).map(|at| at.to_string()).collect();
        assert_eq!(wrong(Ways { lines: many, ..Ways::default() }), [("lines", too)]);
        let blank = Ways { lines: vec![" ".into()], ..Ways::default() };
        assert_eq!(wrong(blank), [("lines", Code::TextRequired)]);
    }
}
