//! The corps accepts an application, or returns it. Accepting founds the firm with its people and hands out its first office
//! account, whose password is shown once.

use super::{keep, locked};
use crate::{
    keys::{KeyError, Keys, Seal},
    office::{Act, Flaw, Office, Refused, Rule, command::command, firm::admit},
    password::{self, PasswordError},
    query,
    random::uuid_v4,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::AccountError,
    application::{self, Answer, AnswerError},
    code::Code,
    id::{ApplicationId, IncarnationId, OrganisationId},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// What the corps answers.
#[derive(Clone, Debug, Serialize)]
pub struct Given {
    /// The application.
    pub application: ApplicationId,
    /// What.
    pub decision: Answer,
    /// Why, as typed; required where it is returned.
    pub reason: String,
    /// What the first office account signs in as; used where it is accepted.
    pub login: String,
}

/// The first office account of a firm.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What it signs in as.
    pub login: String,
    /// The password, which nobody can read again.
    pub password: String,
}

/// Why nothing is answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerRefused {
    /// The rule of the application.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// The login or the phone of the first account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Another account has this login.
    #[error("the login is taken")]
    LoginTaken,
    /// The firm lacks what lets it be active.
    #[error("the firm is not registered, or has no service")]
    NotRegistered,
}

impl AnswerRefused {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Answer(error) => error.code(),
            Self::Account(error) => error.code(),
            Self::LoginTaken => Code::LoginTaken,
            Self::NotRegistered => Code::OrganisationNotRegistered,
        }
    }
}

impl Rule for AnswerRefused {
    fn code(&self) -> Code {
        self.code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Answer(AnswerError::Reason(error)) | Self::Account(AccountError::Text(error)) => error.values(),
            Self::Answer(_) | Self::Account(_) | Self::LoginTaken | Self::NotRegistered => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = match self {
            Self::Answer(AnswerError::Reason(_)) => "reason",
            Self::Account(_) | Self::LoginTaken => "login",
            Self::Answer(AnswerError::NotSubmitted) | Self::NotRegistered => "",
        };
        vec![Flaw { at: at.into(), code: self.code(), values: self.values() }]
    }
}

/// What the command is given beside the answer; none of it is logged.
#[derive(Serialize)]
struct Wanted {
    #[serde(flatten)]
    given: Given,
    #[serde(skip)]
    office: Office,
    #[serde(skip)]
    made: Option<Made>,
    /// Whether this request is the one that was done.
    #[serde(skip)]
    done: Arc<AtomicBool>,
}

/// What a firm needs that is made before the transaction.
struct Made {
    organisation: OrganisationId,
    seal: Seal,
    hash: String,
}

/// Answers. Accepting returns the first office account; the same form sent twice shows its password once.
///
/// # Errors
/// [`Refused`], also when the application does not lie with the actor's unit.
pub async fn answer(office: &Office, act: Act, given: Given) -> Result<Option<Accepted>, Refused<AnswerRefused>> {
    let (actor, application) = (act.actor.clone(), given.application);
    // Whoever may not do this costs no hash and no key.
    let read = async move |tx: &mut Tx| query::access::to_application(tx, &actor, application).await;
    let found: Result<_, StoreError> = office.store.read("find_application", read).await;
    found?.filter(|(org, _)| *org == act.org).ok_or(Refused::NotFound)?;
    let accepts = given.decision == Answer::Accepted;
    let (password, made) = if accepts {
        let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
        let password = password::random().map_err(lost)?;
        let hash = office.passwords.hash(password.clone()).await.map_err(|error| failed(&error))?;
        let organisation = OrganisationId(act.event().0);
        let incarnation = uuid_v4().map(IncarnationId).map_err(lost)?;
        let signing = office.keyring.make(organisation).map_err(|error| unkept(&error))?;
        (Some(password), Some(Made { organisation, seal: Keys { incarnation, signing }.seal(), hash }))
    } else {
        (None, None)
    };
    let done = Arc::new(AtomicBool::new(false));
    let wanted = Wanted { given, office: office.clone(), made, done: Arc::clone(&done) };
    let about = act.org.id();
    let login = command(&office.store, act, "answer_application", about, wanted, run).await?;
    match password {
        None => Ok(None),
        Some(_) if !done.load(Ordering::Relaxed) => Err(Refused::RequestTaken),
        Some(password) => Ok(Some(Accepted { login, password })),
    }
}

fn failed(error: &PasswordError) -> StoreError {
    StoreError::Lost(error.to_string())
}

fn unkept(error: &KeyError) -> StoreError {
    StoreError::Lost(error.to_string())
}

/// Returns the login of the first account; empty where there is none.
async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<String, Refused<AnswerRefused>> {
    let (org, Wanted { given, office, made, done }) = (act.org, wanted);
    let found = query::access::to_application(tx, &act.actor, given.application).await?;
    found.filter(|(of, _)| *of == org).ok_or(Refused::NotFound)?;
    let before = locked(tx, org, given.application).await?.ok_or(Refused::NotFound)?;
    let by = (act.actor.account, act.at);
    let after = application::answer(&before, (given.decision, &given.reason), by).map_err(AnswerRefused::from)?;
    let Some(Made { organisation, seal, hash }) = made else {
        keep(tx, org, &after, None).await?;
        done.store(true, Ordering::Relaxed);
        return Ok(String::new());
    };
    let firm = admit::Admitted { application: &after, id: *organisation, login: &given.login, hash, seal: *seal };
    let login = admit::admit(tx, office, firm, act.at).await?;
    keep(tx, org, &after, Some(*organisation)).await?;
    done.store(true, Ordering::Relaxed);
    Ok(login)
}
