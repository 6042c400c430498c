//! The frame of every command that a member of a firm sends from a form. It runs one transaction that begins with the
//! act, so that a repeated request has one effect. It also holds the errors that all commands share.

use super::{
    act::{About, Act, Begun, Noted, begin, end},
    rule::{Flaw, Rule},
};
use crate::store::{Store, StoreError, Tx, json, own};
use firebee_domain::code::Code;
use firebee_protocol::text::named::Values;
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;

/// Why a command does nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused<R> {
    /// The subject is missing, or this actor may not do this.
    #[error("no such thing for this actor")]
    NotFound,
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The act names a file that this actor did not bring.
    #[error("the act names a file that this actor did not bring")]
    FileUnknown,
    /// A rule of the command itself.
    #[error(transparent)]
    Rule(R),
    /// The database.
    #[error(transparent)]
    Store(StoreError),
}

impl<R: Rule> Refused<R> {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::NotFound => Code::NotFound,
            Self::RequestTaken => Code::AlreadyDone,
            Self::FileUnknown => Code::AttachmentUnknown,
            Self::Rule(rule) => rule.code(),
            Self::Store(error) => error.code(),
        }
    }

    /// What the sentences of that code name.
    pub fn values(&self) -> Values {
        match self {
            Self::Rule(rule) => rule.values(),
            Self::NotFound | Self::RequestTaken | Self::FileUnknown | Self::Store(_) => Values::new(),
        }
    }
}

impl<R: Rule> Refused<R> {
    /// What is wrong field by field, where the rule says that.
    pub fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Rule(rule) => rule.flaws(),
            Self::NotFound | Self::RequestTaken | Self::FileUnknown | Self::Store(_) => Vec::new(),
        }
    }
}

impl<R> Refused<R> {
    /// The refusal of a part as that of the whole command.
    pub(super) fn map<S>(self, rule: impl FnOnce(R) -> S) -> Refused<S> {
        match self {
            Self::Rule(error) => Refused::Rule(rule(error)),
            Self::NotFound => Refused::NotFound,
            Self::RequestTaken => Refused::RequestTaken,
            Self::FileUnknown => Refused::FileUnknown,
            Self::Store(error) => Refused::Store(error),
        }
    }
}

impl<R> From<StoreError> for Refused<R> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<R: Rule> From<R> for Refused<R> {
    fn from(rule: R) -> Self {
        Self::Rule(rule)
    }
}

/// The body of a command: `async fn(&mut Tx, &Act, &Input) -> Result<Outcome, Refused<…>>`.
pub(super) trait Body<'t, I: 't, T, R>: FnOnce(&'t mut Tx, &'t Act, &'t I) -> Self::Future {
    /// What the body returns when called.
    type Future: Future<Output = Result<T, Refused<R>>> + Send + 't;
}

impl<'t, I: 't, T, R, F, Fut> Body<'t, I, T, R> for F
where
    F: FnOnce(&'t mut Tx, &'t Act, &'t I) -> Fut,
    Fut: Future<Output = Result<T, Refused<R>>> + Send + 't,
{
    type Future = Fut;
}

/// Runs a command about something in one transaction named `name`, and stores the act with its input and its outcome. A
/// repeat with the same input returns the first outcome and changes nothing. A repeat with a different input is
/// [`Refused::RequestTaken`].
///
/// # Errors
/// What the body says, or the frame.
pub(super) async fn command<I, T, R, F>(
    store: &Store,
    act: Act,
    name: &'static str,
    about: impl Into<About>,
    input: I,
    body: F,
) -> Result<T, Refused<R>>
where
    I: Serialize + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
    R: Send + 'static,
    F: for<'t> Body<'t, I, T, R> + Clone + Send + 'static,
{
    let (about, asked) = (about.into(), json(&input)?);
    let given = Arc::new((act, input, asked));
    let job = async move |tx: &mut Tx| {
        let (act, input, asked) = &*given;
        let noted = Noted::of(act, name, about, asked);
        let project = match begin(tx, &noted).await? {
            Begun::First(project) => project,
            Begun::Repeated(outcome) => return Ok(own(&outcome)?),
            Begun::Taken => return Err(Refused::RequestTaken),
        };
        let outcome = body(&mut *tx, act, input).await?;
        end(tx, &noted, project, &json(&outcome)?).await?;
        Ok(outcome)
    };
    store.write(name, job).await
}

/// What a trial came to; either way its transaction is taken back.
enum Tried<R> {
    Fits,
    Refused(Refused<R>),
}

impl<R> From<StoreError> for Tried<R> {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

/// Runs the body of a command in a transaction that is taken back, and notes no act: what the command would say.
///
/// # Errors
/// What the body says.
pub(super) async fn trial<I, T, R, F>(store: &Store, act: Act, input: I, body: F) -> Result<(), Refused<R>>
where
    I: Send + Sync + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: for<'t> Body<'t, I, T, R> + Clone + Send + 'static,
{
    let given = Arc::new((act, input));
    let job = async move |tx: &mut Tx| {
        let (act, input) = &*given;
        // Only an error takes a transaction back.
        match body(&mut *tx, act, input).await {
            Ok(_) => Err::<(), _>(Tried::Fits),
            Err(refused) => Err(Tried::Refused(refused)),
        }
    };
    match store.write("try_command", job).await {
        Ok(()) | Err(Tried::Fits) => Ok(()),
        Err(Tried::Refused(refused)) => Err(refused),
    }
}
