//! The sync centre: how far each task has got to the server, facts that do not count with the reason, and the space
//! that the phone uses.

use super::{Act, Ledger, PictureRules, Quiet, Screens, Use, Way, number, reading::Reading};
use crate::{
    journal::{RetireReason, StoreHealth},
    work::Trouble,
};
use firebee_domain::code::{Action, Code};
use firebee_protocol::{
    problem::CodeWord,
    text::{Count, Text, When},
};

/// The sync centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncScreen {
    /// The one status line.
    pub quiet: Quiet,
    /// Whether a lane is talking to the server now.
    pub running: bool,
    /// What came in the way last.
    pub last_error: Option<Told>,
    /// When the next try is.
    pub next_try: Option<When>,
    /// The tasks of which something is not safe yet, the latest first.
    pub tasks: Vec<Way>,
    /// Everything that this phone recorded, by where it is: those of `tasks` and those `elsewhere` add up to it.
    pub whole: Ledger,
    /// The records of no task, and of tasks whose records and photos are all safe.
    pub elsewhere: Ledger,
    /// Facts of this phone that the server keeps without counting them.
    pub not_counted: Vec<Told>,
    /// What the phone keeps.
    pub storage: Vec<Use>,
    /// How pictures travel, and how many of other phones are kept.
    pub pictures: PictureRules,
    /// Why this phone must not send any more.
    pub health: Option<Told>,
    /// Letting a new store take over from one that must not send any more; `None` while this one is sound.
    pub renew: Option<Act>,
    /// That the account was taken from this phone, and how much of what it recorded is safe; `None` while the phone holds
    /// the account.
    pub lost: Option<Lost>,
    /// Sending now.
    pub send_now: Act,
    /// Writing what is unsent to a file for an administrator.
    pub export: Act,
}

/// What is left to do on a phone that lost its account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What happened and what to do.
    pub told: Told,
    /// How many records are safe on the server.
    pub facts: Count,
    /// How many files are safe on the server.
    pub files: Count,
    /// Erasing everything, once all of it is safe.
    pub wipe: Act,
}

/// Something that happened, with its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened and what to do next.
    pub text: String,
    /// Its code.
    pub code: CodeWord,
    /// What is done about it.
    pub action: Action,
    /// Whether somebody has to act before it goes on.
    pub needs_person: bool,
    /// When; `None` where that is not known.
    pub when: Option<When>,
}

impl Screens {
    /// The sync centre.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn sync(&self) -> Result<SyncScreen, Trouble> {
        self.0.screen(|reading| {
            let status = reading.eyes.core.status().clone();
            let told = |error: &crate::core::LastError| Told {
                text: reading.of(&error.text_zh, &error.text_en).to_owned(),
                code: error.code.clone(),
                action: error.action,
                needs_person: error.needs_person,
                when: Some(reading.when(error.at)),
            };
            let parked = reading.eyes.journal.parked()?;
            let health = reading.health();
            let whole = reading.eyes.journal.counts(reading.eyes.core.journal.identity())?;
            let ways = reading.ways(whole)?;
            Ok(SyncScreen {
                quiet: reading.quiet()?,
                running: status.running,
                last_error: status.last_error.as_ref().map(told),
                next_try: status.next_try.map(|at| reading.when(at)),
                tasks: ways.shown,
                whole: Ledger::of(whole),
                elsewhere: ways.elsewhere,
                not_counted: parked.iter().map(|fact| reading.told(&fact.code)).collect(),
                storage: reading.storage()?,
                pictures: reading.picture_rules(),
                send_now: match &health {
                    Some(retired) => Act::closed(retired.text.clone()),
                    None => Act::open(),
                },
                renew: health.as_ref().map(|_| Act::open().then(reading.say(Text::PhoneRenewConsequence))),
                health,
                lost: reading.lost()?,
                export: reading.export()?,
            })
        })
    }
}

impl Reading<'_> {
    /// Open while anything is unsent, once the phone knows for whom to seal it.
    fn export(&self) -> Result<Act, Trouble> {
        let journal = self.eyes.journal;
        if journal.unsent(self.eyes.core.journal.identity())? == (0, 0) {
            return Ok(Act::refused(self.language, Code::NothingUnsent, &[]));
        }
        if journal.session()?.is_none_or(|held| held.recipient.is_none()) {
            return Ok(Act::refused(self.language, Code::RecipientMissing, &[]));
        }
        Ok(Act::open().then(self.say(Text::PhoneExportConsequence)))
    }

    fn lost(&self) -> Result<Option<Lost>, Trouble> {
        let (core, journal) = (&self.eyes.core, self.eyes.journal);
        let Some(code) = journal.session()?.and_then(|held| held.lost()) else { return Ok(None) };
        let counts = journal.counts(core.journal.identity())?;
        let safe = journal.marks()?.durable_through.min(counts.total());
        let (files, all) = journal.blobs_safe()?;
        let count = |text, done, total| Count::of(self.language, text, number(done), number(total));
        Ok(Some(Lost {
            told: self.told(&code.into()),
            facts: count(Text::PhoneLostFacts, safe, counts.total()),
            files: count(Text::PhoneLostFiles, files, all),
            wipe: super::me::wipe(core, journal, self.language)?,
        }))
    }

    fn health(&self) -> Option<Told> {
        match self.eyes.core.journal.health() {
            StoreHealth::Retired(reason) => Some(self.retired(reason)),
            _ => None,
        }
    }

    fn retired(&self, reason: RetireReason) -> Told {
        self.told(&reason.code().into())
    }

    /// A code as a screen shows it. A code that this version does not know has only its word, and needs a person.
    fn told(&self, code: &CodeWord) -> Told {
        let known = code.known();
        Told {
            text: self.problem(code),
            code: code.clone(),
            action: known.map_or(Action::Fix, Code::action),
            needs_person: known.is_none_or(Code::needs_person),
            when: None,
        }
    }
}
