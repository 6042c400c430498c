//! What phone and server ask of the body of a fact.

use crate::{
    account::Action,
    code::Code,
    id::{AccountId, BootId, ContentId, PlanId, PlanItemId},
    plan::Assignment,
    task::{Stamp, Task},
    text::TextError,
    time::Anchor,
};

/// What a fact changes. A task, a fault and a dispatch each have one row that is the lock, one document with one audience, and an
/// `advance` that phone and server share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// A task; its faults and plan items follow it.
    Task,
    /// A fault that a task found.
    Fault,
    /// A dispatch that the handling of a fault made; its fault follows it.
    Dispatch,
    /// The device itself. Its notes change nothing that anybody pulls: the server reads a time out of them, and an auditor
    /// reads the notes. The row of its store is its lock, which every push takes. It has no document, because a document of
    /// it would change with every push and come back in every pull.
    Device,
    /// What was received and does not count: each fact has a row of the quarantine, and its own document. Nothing is held
    /// for longer than the decision takes.
    Parked,
}

/// The document that the phone must have acted on, which the fact's `subject.seen` names. It also says in which
/// relation to the subject the author must stand for `may` to permit the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// A revision of an assignment that was issued to the author. The task is the author's own and still editable.
    Assignment,
    /// A revision of the task's document. The author leads the task's project.
    Document,
    /// A revision of the dispatch's document. The author is its team lead.
    Dispatch,
    /// Nothing: the device speaks of itself.
    Device,
    /// A revision of the document of one of the facts that the author decides on. The author leads their project.
    Parked,
}

/// What must be loaded or known, beside the task, before a fact can be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The catalogue pack that the task's plan pins.
    Catalogue,
    /// Which blobs of the task have arrived.
    Evidence,
    /// The task's plan items: they may follow the task into another state.
    PlanItems,
    /// A valid engineer's registration of the author.
    Registration,
}

/// A text within a body and its limit in Unicode scalars. A name, which has the limit of names, is one line.
pub type Text<'a> = (&'a str, u32);

/// Why the body of a fact is not read. The fact is kept and quarantined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// This program knows no such kind, or not in this version.
    #[error("the kind is not known")]
    KindUnknown,
    /// The kind has its word and is not offered yet.
    #[error("the kind is not offered yet")]
    KindReserved,
    /// The body has another shape than its kind.
    #[error("the body has another shape than its kind")]
    Malformed,
    /// A text in it may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
}

impl Unreadable {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::KindUnknown => Code::KindUnknown,
            Self::KindReserved => Code::KindNotSupportedYet,
            Self::Malformed => Code::BodyMalformed,
            Self::Text(error) => error.code(),
        }
    }
}

/// The body of one kind of fact. The defaults fit most kinds.
pub trait Says {
    /// The word of its kind, as written in a fact.
    const KIND: &'static str;
    /// The version of its kind.
    const VERSION: u32 = 1;
    /// What `may` is asked.
    const ACTION: Action;
    /// What the phone must have acted on.
    const FOOTING: Footing;
    /// What must be known before it is applied.
    const NEEDS: &'static [Need] = &[];
    /// Whether it begins the task that has its id.
    const BEGINS_TASK: bool = false;

    /// The plan whose items it takes.
    fn plan(&self) -> Option<PlanId> {
        None
    }

    /// The catalogue pack that its task is to use, where no plan says it.
    fn pack(&self) -> Option<ContentId> {
        None
    }

    /// The plan items it takes or answers.
    fn items(&self) -> Vec<PlanItemId> {
        Vec::new()
    }

    /// Whether the body agrees with the assignment in what it says of the items. The assignment grants the items
    /// already.
    fn agrees_with(&self, _assignment: &Assignment) -> bool {
        true
    }

    /// Whether its numbers and lists are within their limits. The limits of items, ordinals and attachments have codes of
    /// their own.
    fn is_bounded(&self) -> bool {
        true
    }

    /// Its texts, each with its limit.
    fn texts(&self) -> Vec<Text<'_>> {
        Vec::new()
    }

    /// The blobs it names; its fact must announce them.
    fn blobs(&self) -> Vec<ContentId> {
        Vec::new()
    }

    /// The anchor that the body notes, beside the one that its fact was captured with.
    fn anchor(&self) -> Option<Anchor> {
        None
    }

    /// The account that it sends to work; the account must be fit for that ([`can_be_sent`](crate::dispatch::can_be_sent)).
    fn sends(&self) -> Option<AccountId> {
        None
    }

    /// Whom it gives the task to, if it gives it to somebody.
    fn hands_to(&self) -> Option<AccountId> {
        None
    }

    /// When what it answers came about: it was recorded after that. `None` when it answers nothing.
    fn answers(&self, _task: &Task) -> Option<Stamp> {
        None
    }

    /// When what it tells began, in milliseconds of the clock of a boot. `None` when it was recorded as it happened.
    fn began(&self) -> Option<(BootId, i64)> {
        None
    }
}

impl<T: Says> Says for Box<T> {
    const KIND: &'static str = T::KIND;
    const VERSION: u32 = T::VERSION;
    const ACTION: Action = T::ACTION;
    const FOOTING: Footing = T::FOOTING;
    const NEEDS: &'static [Need] = T::NEEDS;
    const BEGINS_TASK: bool = T::BEGINS_TASK;

    fn plan(&self) -> Option<PlanId> {
        (**self).plan()
    }
    fn pack(&self) -> Option<ContentId> {
        (**self).pack()
    }
    fn items(&self) -> Vec<PlanItemId> {
        (**self).items()
    }
    fn agrees_with(&self, assignment: &Assignment) -> bool {
        (**self).agrees_with(assignment)
    }
    fn is_bounded(&self) -> bool {
        (**self).is_bounded()
    }
    fn texts(&self) -> Vec<Text<'_>> {
        (**self).texts()
    }
    fn blobs(&self) -> Vec<ContentId> {
        (**self).blobs()
    }
    fn anchor(&self) -> Option<Anchor> {
        (**self).anchor()
    }
    fn sends(&self) -> Option<AccountId> {
        (**self).sends()
    }
    fn hands_to(&self) -> Option<AccountId> {
        (**self).hands_to()
    }
    fn answers(&self, task: &Task) -> Option<Stamp> {
        (**self).answers(task)
    }
    fn began(&self) -> Option<(BootId, i64)> {
        (**self).began()
    }
}
