//! Work that the server received and does not count, for the lead who decides on it.

use super::{Act, Screens, reading::Reading, shown};
use crate::work::{Trouble, review::Undecided};
use firebee_domain::{
    account::Action,
    id::{FactId, TaskId},
    task::Stamp,
};
use firebee_protocol::text::{Arg, Text, When, kind, problem_text, say, undecided};

/// The work that waits for this lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndecidedScreen {
    /// How much of it, in words.
    pub text: String,
    /// What belongs together, the longest waiting first.
    pub groups: Vec<UndecidedGroup>,
}

/// What one person recorded for one task, and why it does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndecidedGroup {
    /// The task.
    pub task: TaskId,
    /// Its name; a task that begins with these records has none yet.
    pub task_name: String,
    /// The project's name.
    pub project_name: String,
    /// Who recorded it.
    pub author_name: String,
    /// Why it does not count.
    pub why: String,
    /// How many records.
    pub count: i32,
    /// The records, in the order of the author's clock.
    pub rows: Vec<UndecidedFact>,
    /// Adopting: the records are judged anew.
    pub adopt: Act,
    /// Refusing: the records never count.
    pub refuse: Act,
}

/// A record that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndecidedFact {
    /// The fact.
    pub fact: FactId,
    /// What it records.
    pub what: String,
    /// What it says, in short; may be empty.
    pub says: String,
    /// When it was recorded: of a record that does not count nothing is proved.
    pub when: When,
}

impl Screens {
    /// What waits for this lead's decision.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn undecided(&self) -> Result<UndecidedScreen, Trouble> {
        self.0.screen(|reading| {
            let waiting = reading.eyes.undecided()?;
            let text = reading.with(Text::PhoneWaitsForDecision, &[("count", Arg::from(waiting.len()))]);
            let mut groups: Vec<Vec<Undecided>> = Vec::new();
            for waits in waiting {
                let alike = |group: &&mut Vec<Undecided>| group.first().is_some_and(|first| belongs(first, &waits));
                match groups.iter_mut().find(alike) {
                    Some(group) => group.push(waits),
                    None => groups.push(vec![waits]),
                }
            }
            let groups =
                groups.iter().filter_map(|group| reading.undecided(group).transpose()).collect::<Result<_, _>>()?;
            Ok(UndecidedScreen { text, groups })
        })
    }
}

fn belongs(first: &Undecided, other: &Undecided) -> bool {
    let of = |waits: &Undecided| (waits.project, waits.task, waits.code);
    of(first) == of(other) && first.author_name == other.author_name
}

impl Reading<'_> {
    fn undecided(&self, group: &[Undecided]) -> Result<Option<UndecidedGroup>, Trouble> {
        let Some(first) = group.first() else { return Ok(None) };
        let name = self.eyes.task(first.task)?.map(|view| view.task.name);
        let act = |consequence| match self.eyes.permit(Action::AdoptParked, first.project, false) {
            Ok(()) => Act::open().then(self.say(consequence)),
            Err(trouble) => Act::refused(self.language, trouble.code(), &[]),
        };
        Ok(Some(UndecidedGroup {
            task: first.task,
            task_name: name.unwrap_or_else(|| self.say(Text::PhoneUndecidedNew)),
            project_name: self.project_name(first.project),
            author_name: first.author_name.clone(),
            why: problem_text(first.code, &[], self.language),
            count: shown(group.len()),
            rows: group.iter().map(|waits| self.undecided_fact(waits)).collect(),
            adopt: act(Text::PhoneAdoptConsequence),
            refuse: act(Text::PhoneRefuseConsequence),
        }))
    }

    fn undecided_fact(&self, waits: &Undecided) -> UndecidedFact {
        UndecidedFact {
            fact: waits.fact,
            what: say(self.language, kind(waits.body.kind())),
            says: undecided::says(self.language, &waits.body),
            when: self.moment(&Stamp::unproved(waits.wall_ms)),
        }
    }
}
