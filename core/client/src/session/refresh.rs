//! Gets a new access token with the refresh token and the device key's signature over a nonce. Neither works without
//! the other (protocol, "One device an account").

use super::{
    answer::Failure,
    server::{Auth, Server, post},
    succeed,
};
use crate::{
    changes::Change,
    journal::{ClaimState, JournalError, Session},
    ports::{Body, Method, Request},
};
use firebee_domain::code::Code;
use firebee_protocol::{
    encode::{from_base64, to_base64},
    session::{Nonce, RefreshReply, RefreshRequest},
    sign::refresh_text,
};

/// 32 bytes of the server that are good for one signature.
pub(super) async fn nonce(server: &Server) -> Result<([u8; 32], String), Failure> {
    let path = "/v1/session/nonce".to_owned();
    let request = Request { method: Method::Post, path, headers: Vec::new(), body: Body::Empty };
    let Nonce { nonce } = server.send(request, Auth::Known).await?.json()?;
    let bytes = from_base64::<32>(&nonce).ok_or_else(|| Failure::of(Code::ServerUnverified))?;
    Ok((bytes, nonce))
}

/// Fetches a token and stores it, and notes whether the account was taken from this phone, or given back. The caller makes
/// sure that only one refresh runs at a time.
pub(super) async fn refresh(server: &Server, session: &Session) -> Result<String, Failure> {
    let identity = server.core.journal.identity();
    let again = || Failure::of(Code::SignInAgain);
    if session.refresh.is_none()
        && let Some(former) = server.core.journal.read::<_, JournalError>("former_store", |rows| rows.former_store())?
    {
        return succeed::succeed(server, session, former).await;
    }
    let (token, incarnation) = session.refresh.clone().zip(session.incarnation).ok_or_else(again)?;
    let (bytes, nonce) = nonce(server).await?;
    let text = refresh_text(incarnation, identity.store_id, &bytes, &token);
    let sig = to_base64(&server.core.ports.signer.sign(&identity.key_alias, &text)?);
    let body = RefreshRequest { store_id: identity.store_id, refresh: token, nonce, sig };
    let answer = server.send(post("/v1/session/refresh", &body)?, Auth::Known).await?;
    let reply: RefreshReply = answer.json()?;
    let met = answer.meeting(reply.server_ms);
    let changed = server.core.journal.write::<_, JournalError>("refresh", |tx| {
        let mut changed = false;
        // A sign-in that finished meanwhile has newer tokens than these.
        let held = tx.session()?.filter(|held| held.state == ClaimState::SignedIn && held.refresh == session.refresh);
        if let Some(held) = held {
            changed = held.late != reply.late;
            tx.put_session(&Session { access: Some(reply.access.clone()), late: reply.late.clone(), ..held })?;
        }
        met.as_ref().map_or(Ok(()), |met| tx.put_meeting(met))?;
        Ok(changed)
    })?;
    if changed {
        server.core.changes.tell(Change::Session);
    }
    Ok(reply.access)
}
