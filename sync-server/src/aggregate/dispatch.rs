//! Writes the dispatches that changed. A dispatch's row is its lock; its document holds what it says. Its team lead receives
//! the document once it is issued, and then the project too, because there is something to do there.

use super::{Ledger, spell, task::instant};
use crate::{
    feed::{Publication, readers, share},
    org::Org,
    row,
    store::{Batch, StoreError, Tx, Ty, json},
};
use firebee_domain::{
    dispatch::{Dispatch, reading},
    id::{AccountId, ProjectId},
    spelling::Spelled,
    task::Stamp,
};
use firebee_protocol::document::{DispatchDocument, Named, kind};
use std::collections::{BTreeMap, BTreeSet};

static DISPATCHES: Batch<15> = Batch::new(
    "INSERT INTO dispatch (org, id, project, task, fault, name, kind, team_lead, state, told, made, made_ms, sort, find,
         ended_ms) {rows}
     ON CONFLICT (org, id) DO UPDATE SET team_lead = excluded.team_lead, state = excluded.state, told = excluded.told,
         ended_ms = excluded.ended_ms",
    [
        Ty::Int,
        Ty::Blob,
        Ty::Blob,
        Ty::Blob,
        Ty::Blob,
        Ty::Text,
        Ty::Text,
        Ty::Blob,
        Ty::Text,
        Ty::Int,
        Ty::Text,
        Ty::Int,
        Ty::Text,
        Ty::Text,
        Ty::Int,
    ],
);
static NAMES: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows})
     SELECT a.id, p.name FROM w JOIN account a ON a.org = w.org AND a.id = w.id
         JOIN person p ON p.org = a.org AND p.id = a.person",
    [Ty::Int, Ty::Blob],
);

async fn names(
    tx: &mut Tx,
    org: Org,
    accounts: BTreeSet<AccountId>,
) -> Result<BTreeMap<AccountId, String>, StoreError> {
    let rows = tx.many(&NAMES, accounts.iter().map(|account| row![org, account])).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub(super) async fn write(tx: &mut Tx, ledger: &Ledger) -> Result<Vec<Publication>, StoreError> {
    let changed: Vec<_> = ledger
        .tasks
        .values()
        .flat_map(|entry| entry.dispatches.iter().map(move |held| (entry, held)))
        .filter(|(entry, held)| !entry.dispatches_before.iter().any(|(before, _)| before == *held))
        .collect();
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let (org, now) = (ledger.org, ledger.now);
    let stamped = |held: &Dispatch| {
        let made = held.log.first().map_or(Stamp::of_server(now), |line| line.at);
        let spelled = spell::at(&held.item_name, &held.item_id);
        json(&made).map(|stamp| (stamp, instant(made, now), spelled))
    };
    let made = changed.iter().map(|(_, held)| stamped(held)).collect::<Result<Vec<_>, _>>()?;
    let rows = changed.iter().zip(&made).map(|((_, held), (made, made_ms, Spelled { sort, find }))| {
        let Dispatch { id, project, task, fault, item_name, kind, team_lead, state, .. } = held;
        row![
            org,
            id,
            project,
            task,
            fault,
            item_name,
            *kind,
            team_lead,
            *state,
            held.is_told(),
            made,
            *made_ms,
            sort,
            find,
            held.end().map(|end| instant(end.at, now))
        ]
    });
    tx.many(&DISPATCHES, rows).await?;
    let names = names(tx, org, changed.iter().flat_map(|(_, held)| held.named()).collect()).await?;
    let (mut publications, mut told) = (Vec::new(), BTreeSet::<(ProjectId, AccountId)>::new());
    for (entry, held) in changed {
        let lead = ledger.sites.get(&held.project).map(|site| site.lead);
        let people = held.named().into_iter().filter_map(|account| {
            let name = names.get(&account)?.clone();
            Some(Named { account, name })
        });
        let document = DispatchDocument {
            dispatch: held.clone(),
            task_name: entry.document.task.name.clone(),
            catalogue: entry.document.catalogue,
            people: people.collect(),
        };
        let to = readers(reading(held.is_told()), held.team_lead, lead);
        let before = entry.dispatches_before.iter().map(|(before, _)| before).find(|before| before.id == held.id);
        let knew = before.is_some_and(|before| before.is_told() && before.team_lead == held.team_lead);
        told.extend((held.is_told() && !knew).then_some((held.project, held.team_lead)));
        publications.push(Publication {
            kind: kind::DISPATCH,
            id: held.id.to_string(),
            body: Some(json(&document)?),
            to,
        });
    }
    for (project, account) in told {
        share(tx, org, kind::PROJECT, &project.to_string(), &[account]).await?;
    }
    Ok(publications)
}
