//! The regulator decides an application. Only an approval changes the personnel list.

use super::{keep, locked};
use crate::{
    office::{
        Act, Flaw, Office, Refused, Rule,
        account::{introduce_all, tell_crew},
        command::command,
        personnel::keep::keep as keep_person,
    },
    org::Org,
    query, row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{AccountId, PersonId, PersonnelChangeId},
    organisation::Organisation,
    personnel::Person,
    personnel_change::{self, DecideError, Outcome, PersonnelChange, Ties},
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;

/// What is decided.
#[derive(Clone, Debug, Serialize)]
pub struct Decide {
    /// The application.
    pub change: PersonnelChangeId,
    /// What.
    pub decision: Outcome,
    /// Why, as typed; required at a rejection.
    pub reason: String,
}

impl Rule for DecideError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => error.values(),
            Self::Person(error) => error.values(),
            Self::InUse(Ties { led, tasks, issued, dispatches }) => vec![
                ("led", Arg::from(*led)),
                ("tasks", Arg::from(*tasks)),
                ("issued", Arg::from(*issued)),
                ("dispatches", Arg::from(*dispatches)),
            ],
            Self::NotPending | Self::PersonRequired | Self::IdentityListed => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = if matches!(self, Self::Reason(_)) { "reason" } else { "" };
        vec![Flaw { at: at.into(), code: (*self).code(), values: self.values() }]
    }
}

/// What the command keeps: the log holds the choice and the reason.
#[derive(Serialize)]
struct Wanted {
    #[serde(flatten)]
    decide: Decide,
    #[serde(skip)]
    office: Office,
}

/// Decides. `act` stands in the chain of the application's firm.
///
/// # Errors
/// [`Refused`], also when the application does not lie in the actor's jurisdiction.
pub async fn decide(office: &Office, act: Act, decide: Decide) -> Result<(), Refused<DecideError>> {
    let about = act.org.id();
    let wanted = Wanted { decide, office: office.clone() };
    command(&office.store, act, "decide_personnel_change", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<(), Refused<DecideError>> {
    let (org, Wanted { decide: asked, office }) = (act.org, wanted);
    let found = query::access::to_change(tx, &act.actor, Action::DecidePersonnelChange, asked.change).await?;
    found.filter(|(of, _)| *of == org).ok_or(Refused::NotFound)?;
    // Feeds are locked before any row; two approvals of one firm wait for each other at its row.
    tell_crew::lock(tx, org, None).await?;
    tx.execute(sql!("UPDATE organisation SET body = body WHERE org = ?1"), &row![org]).await?;
    let change = locked(tx, org, asked.change).await?.ok_or(Refused::NotFound)?;
    let by = (act.actor.account, act.at);
    let decided = personnel_change::decide(&change, (asked.decision, &asked.reason), by)?;
    if asked.decision == Outcome::Approved {
        apply(tx, (org, office), act, &decided).await?;
    }
    Ok(keep(tx, org, &decided).await?)
}

/// Changes the list as an approval says, and tells the phones.
async fn apply(
    tx: &mut Tx,
    (org, office): (Org, &Office),
    act: &Act,
    change: &PersonnelChange,
) -> Result<(), Refused<DecideError>> {
    let listed = match change.person {
        Some(person) => query::member::person(tx, org, person).await?,
        None => query::personnel::by_identity(tx, org, &change.identity).await?,
    };
    let ties = match &listed {
        Some(person) => query::personnel::ties(tx, org, person.id, act.at.china_day()).await?,
        None => Ties::default(),
    };
    let person = personnel_change::approved(change, listed.as_ref(), ties, PersonId(act.event().0))?;
    keep_person(tx, org, &person).await?;
    if person.is_gone() {
        close(tx, org, &person).await?;
    }
    let organisation = query::org::organisation(tx, org).await?;
    introduce_all(tx, (org, office), (&organisation, &person)).await?;
    Ok(tell_crew::tell(tx, org).await?)
}

/// whoever leaves signs in no more, and is no technical director any more.
async fn close(tx: &mut Tx, org: Org, person: &Person) -> Result<(), StoreError> {
    let find = sql!("SELECT id FROM account WHERE org = ?1 AND person = ?2");
    let rows = tx.query(find, &row![org, &person.id]).await?;
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    let shut = sql!("UPDATE account SET enabled = ?3, director = ?3 WHERE org = ?1 AND person = ?2");
    tx.execute(shut, &row![org, &person.id, false]).await?;
    let organisation = query::org::organisation(tx, org).await?;
    if organisation.technical_director.is_some_and(|director| accounts.contains(&director)) {
        let without = Organisation { technical_director: None, ..organisation };
        let keep = sql!("UPDATE organisation SET body = ?2 WHERE org = ?1");
        tx.execute(keep, &row![org, &json(&without)?]).await?;
    }
    Ok(())
}
