//! The corps opens an application. Its link is shown once; whoever has it fills the application in.

use super::{hash, keep};
use crate::{
    office::{Act, Refused, command::command},
    password, query, row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Relation, Subject, may},
    application::Application,
    id::{ApplicationId, RegulatorUnitId},
    text::TextError,
};
use serde::Serialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// An application that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its id.
    pub id: ApplicationId,
    /// The secret of its link. Nobody can read it again.
    pub secret: String,
}

#[derive(Serialize)]
struct Wanted {
    name: String,
    /// Never logged.
    #[serde(skip)]
    secret: [u8; 32],
    /// Whether this request is the one that was done.
    #[serde(skip)]
    done: Arc<AtomicBool>,
}

/// Opens an application for a firm of this name. The same form sent twice shows no link the second time.
///
/// # Errors
/// [`Refused`], also when this actor may not decide applications.
pub async fn open(store: &Store, act: Act, name: &str) -> Result<Opened, Refused<TextError>> {
    let secret = password::random().map_err(|error| StoreError::Lost(error.to_string()))?;
    let done = Arc::new(AtomicBool::new(false));
    let wanted = Wanted { name: name.to_owned(), secret: hash(&secret), done: Arc::clone(&done) };
    let about = act.org.id();
    let id = command(store, act, "open_application", about, wanted, run).await?;
    if done.load(Ordering::Relaxed) { Ok(Opened { id, secret }) } else { Err(Refused::RequestTaken) }
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<ApplicationId, Refused<TextError>> {
    // An application lies with the unit of whoever opens it.
    let lies = Subject::of(act.org.id(), &[Relation::Jurisdiction]);
    let unit: Option<RegulatorUnitId> = query::firm::unit_id_of(tx, act.actor.account).await?;
    let unit = unit.filter(|_| may(&act.actor, Action::DecideApplication, &lies)).ok_or(Refused::NotFound)?;
    let id = ApplicationId(act.event().0);
    let application = Application::open(id, unit, &wanted.name, (act.actor.account, act.at))?;
    keep(tx, act.org, &application, None).await?;
    let link = sql!("INSERT INTO application_link(hash, org, application) VALUES (?1, ?2, ?3)");
    tx.execute(link, &row![&wanted.secret, act.org, &id]).await?;
    wanted.done.store(true, Ordering::Relaxed);
    Ok(id)
}
