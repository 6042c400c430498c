//! A manager sets how the firm works. Every setting is kept with its time: what held before stays readable. What was
//! issued or has begun goes on as it was.

use crate::{
    office::{Act, Flaw, Refused, Rule, account::tell_crew, command::command, rule::rules},
    org::Org,
    query, row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::AccountId,
    project::may_lead,
    ways::{Ways, WaysError},
};
use firebee_protocol::catalogue::Pack;
use serde::Serialize;
use std::str::FromStr;

/// What the form holds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChangeWays {
    /// Who leads new projects.
    pub lead: Option<AccountId>,
    /// Who usually executes in new projects.
    pub executor: Option<AccountId>,
    /// The photos of an answer that does not conform, as typed.
    pub photos: String,
    /// The systems whose items each need a photo.
    pub photo_systems: Vec<String>,
    /// The lines of the checklist, one a line.
    pub lines: String,
    /// The word of who is asked for a witness.
    pub witness: String,
    /// The word of who reviews.
    pub reviewers: String,
    /// The days of the reminders, as typed.
    pub reminder_days: String,
}

/// Everything that is wrong with settings as typed, each at its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} settings are wrong", .0.len())]
pub struct ChangeWaysError(Vec<Flaw>);

rules! { WaysError [Line], }

impl Rule for ChangeWaysError {
    fn code(&self) -> Code {
        self.0.first().map_or(Code::FieldMalformed, |flaw| flaw.code)
    }

    fn flaws(&self) -> Vec<Flaw> {
        self.0.clone()
    }
}

/// Sets it, and tells the phones when they remind.
///
/// # Errors
/// [`Refused`], also when this actor may not.
pub async fn change(store: &Store, act: Act, wanted: ChangeWays) -> Result<(), Refused<ChangeWaysError>> {
    let about = act.org.id();
    command(store, act, "change_ways", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &ChangeWays) -> Result<(), Refused<ChangeWaysError>> {
    if !may(&act.actor, Action::ChangeWays, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    tell_crew::lock(tx, act.org, None).await?;
    let (read, mut wrong) = wanted.read();
    let checked = read.checked(&Pack::embedded().catalogue);
    let checked = checked.map_err(|errors| wrong.extend(Flaw::all(&errors)));
    people(tx, act.org, wanted, &mut wrong).await?;
    let (Ok(after), true) = (checked, wrong.is_empty()) else { return Err(ChangeWaysError(wrong).into()) };
    if after == query::ways::ways(tx, act.org).await? {
        return Ok(());
    }
    let keep = sql!(
        "INSERT INTO ways(org, seq, set_ms, account, body)
         VALUES (?1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM ways WHERE org = ?1), ?2, ?3, ?4)"
    );
    tx.execute(keep, &row![act.org, act.at, &act.actor.account, &json(&after)?]).await?;
    Ok(tell_crew::tell(tx, act.org).await?)
}

impl ChangeWays {
    /// The settings as typed, and what of them is no setting at all.
    fn read(&self) -> (Ways, Vec<Flaw>) {
        let mut wrong = Vec::new();
        let mut flaw = |at: &str, code| wrong.push(Flaw { at: at.to_owned(), code, values: Vec::new() });
        let mut number = |at: &str, typed: &str| match typed.trim().parse::<i64>() {
            // What is below or above every number of a setting is refused as such.
            Ok(number) => Some(u8::try_from(number.clamp(0, 255)).unwrap_or(u8::MAX)),
            Err(_) => {
                flaw(at, Code::ValueMalformed);
                None
            }
        };
        let held = Ways::default();
        let photos = number("photos", &self.photos).unwrap_or(held.photos);
        let reminder_days = number("reminder_days", &self.reminder_days).unwrap_or(held.reminder_days);
        let lines = self.lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let ways = Ways {
            lead: self.lead,
            executor: self.executor,
            photos,
            photo_systems: self.photo_systems.clone(),
            lines,
            // A word that the rules do not know names somebody whom they do not permit.
            witness: word(&self.witness).unwrap_or_else(|| {
                flaw("witness", Code::WaysBelowRules);
                held.witness
            }),
            reviewers: word(&self.reviewers).unwrap_or_else(|| {
                flaw("reviewers", Code::WaysBelowRules);
                held.reviewers
            }),
            reminder_days,
        };
        (ways, wrong)
    }
}

fn word<T: FromStr>(typed: &str) -> Option<T> {
    typed.parse().ok()
}

/// whoever leads or executes by itself can do so now.
async fn people(tx: &mut Tx, org: Org, wanted: &ChangeWays, wrong: &mut Vec<Flaw>) -> Result<(), StoreError> {
    let mut flaw = |at: &str, code| wrong.push(Flaw { at: at.to_owned(), code, values: Vec::new() });
    if let Some(lead) = wanted.lead {
        let account = query::member::account(tx, org, lead).await?;
        if !account.is_some_and(|account| may_lead(&account, org.id())) {
            flaw("lead", Code::LeadNotAllowed);
        }
    }
    if let Some(executor) = wanted.executor {
        let account = query::member::account(tx, org, executor).await?;
        if !account.is_some_and(|account| account.works_on_site()) {
            flaw("executor", Code::ExecutorNotAllowed);
        }
    }
    Ok(())
}
