//! Somebody without an account calls for a repair. Nobody is signed in: the code in the address is the licence, and
//! it opens this one project only.

use super::{AskError, insert};
use crate::{
    keys::Keyring,
    office::{
        Office, Refused,
        act::{Begun, Noted, begin, end, event},
        files::{brought, keep_of},
    },
    org::Org,
    query::{project, repair_door},
    store::{Tx, json, own},
};
use firebee_domain::{
    id::{AccountId, ProjectId, RepairId, RequestId},
    project::ProjectStatus,
    repair::{DoorCode, Handler, Repair, RepairError, WantedCall, checked_call},
    text::At,
    time::Timestamp,
};

/// Who calls, and for what.
#[derive(Clone, Debug)]
pub struct Call {
    /// The code of the address.
    pub code: DoorCode,
    /// The request: the same one again changes nothing.
    pub request: RequestId,
    /// The call as typed.
    pub wanted: WantedCall,
}

/// Takes a call. The owner's contacts have it first; where the owner has none, the firm does, because otherwise nobody would
/// ever read it. The request has the id of the form.
///
/// # Errors
/// [`Refused`], also when nothing is behind the address any more.
pub async fn call(office: &Office, call: Call) -> Result<RepairId, Refused<AskError>> {
    let (at, keys) = (office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| run(tx, &keys, &call, at).await;
    office.store.write("call_repair", job).await
}

async fn run(tx: &mut Tx, keys: &Keyring, call: &Call, at: Timestamp) -> Result<RepairId, Refused<AskError>> {
    let (org, project) = repair_door::of_code(tx, call.code).await?.ok_or(Refused::NotFound)?;
    // The phone number is not part of the act: what stands in the chain is never taken out again.
    let (body, account) = (json(&call.wanted)?, Some(AccountId(project.0)));
    let (kind, about) = ("call_repair", project.into());
    let noted = Noted { org, keys, request: call.request, account, at, kind, about, body: &body };
    let of = match begin(tx, &noted).await? {
        Begun::First(project) => project,
        Begun::Repeated(outcome) => return Ok(own(&outcome)?),
        Begun::Taken => return Err(Refused::RequestTaken),
    };
    let id = keep(tx, (org, project), call, at).await?;
    end(tx, &noted, of, &json(&id)?).await?;
    Ok(id)
}

async fn keep(
    tx: &mut Tx,
    (org, id): (Org, ProjectId),
    call: &Call,
    at: Timestamp,
) -> Result<RepairId, Refused<AskError>> {
    let row = project::project(tx, org, id).await?.ok_or(Refused::NotFound)?;
    if row.project.status(at.china_day()) != ProjectStatus::Active {
        return Err(Refused::NotFound);
    }
    let (mut wanted, caller) = checked_call(&row.project, &call.wanted).map_err(AskError::Fields)?;
    let by = AccountId(id.0);
    let files = brought(tx, org, by, &wanted.photos).await?.ok_or(Refused::FileUnknown)?;
    if !files.iter().all(|(_, mime)| mime.is_picture()) {
        return Err(AskError::Fields(vec![At { field: "file", error: RepairError::NotAPicture }]).into());
    }
    wanted.photos = files.into_iter().map(|(file, _)| file).collect();
    if !keep_of(tx, (org, by), (event(call.request, at), id), &wanted.photos).await? {
        return Err(Refused::FileUnknown);
    }
    if !repair_door::is_answered(tx, org, id).await? {
        wanted.handler = Handler::Firm;
    }
    let repair = Repair::called(RepairId(call.request.0), id, (wanted, caller), at);
    insert(tx, org, &repair, at).await?;
    Ok(repair.id)
}
