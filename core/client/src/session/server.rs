//! The connection of a signed-in phone to the server: headers, token, and one shared refresh.

use super::answer::{Answer, Failure, judge};
use super::{reclaim, refresh};
use crate::{
    core::Core,
    journal::{ClaimState, JournalError, MEETING_KEPT_MS, Session},
    ports::{Body, Method, Request},
};
use firebee_domain::{
    code::{Action, Code},
    id::IncarnationId,
    time::Anchor,
};
use firebee_protocol::push::{INCARNATION_HEADER, STAMP_HEADER, UNSENT_BLOBS_HEADER, UNSENT_FACTS_HEADER};
use std::sync::Arc;

/// One server, asked by all lanes and by signing in and out.
pub(crate) struct Server {
    pub(crate) core: Arc<Core>,
    /// Held while a token is fetched or the account claimed again, so that three lanes do so only once.
    refreshing: tokio::sync::Mutex<()>,
}

/// What a request tells of the phone, besides the unsent counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Auth<'a> {
    /// Nothing, not even the incarnation that the phone knows: capabilities, claim.
    Stranger,
    /// The incarnation: nonce, refresh, release.
    Known,
    /// The incarnation and an access token.
    Token(&'a str),
}

impl Server {
    /// The server of this client.
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core, refreshing: tokio::sync::Mutex::new(()) }
    }

    /// Sends a request with the access token. When the token has expired, or the account was taken from this phone, it is
    /// refreshed; when the server was
    /// restored, the account is claimed again; then the request is sent once more.
    ///
    /// # Errors
    /// No answer, one that is not the server's, or a refusal.
    pub(crate) async fn ask(&self, request: Request) -> Result<Answer, Failure> {
        let known = self.signed_in()?.incarnation;
        match self.ask_with_token(request.clone()).await {
            Err(failure) if failure.code == Code::IncarnationChanged => {
                self.reclaimed(known, failure).await?;
                self.ask_with_token(request).await
            }
            answered => answered,
        }
    }

    /// Claims again, unless another lane did so meanwhile.
    async fn reclaimed(&self, known: Option<IncarnationId>, changed: Failure) -> Result<(), Failure> {
        let _one_at_a_time = self.refreshing.lock().await;
        if self.signed_in()?.incarnation == known { reclaim::reclaim(self, changed).await } else { Ok(()) }
    }

    async fn ask_with_token(&self, request: Request) -> Result<Answer, Failure> {
        let session = self.signed_in()?;
        let token = match &session.access {
            Some(token) => token.clone(),
            None => self.refreshed(None).await?,
        };
        match self.send(request.clone(), Auth::Token(&token)).await {
            Err(failure) if failure.action == Action::Refresh || is_news(&session, &failure) => {
                let token = self.refreshed(Some(&token)).await?;
                self.send(request, Auth::Token(&token)).await
            }
            answered => answered,
        }
    }

    /// Sends a request as it is, with the headers that every request carries.
    ///
    /// # Errors
    /// As [`Server::ask`].
    pub(crate) async fn send(&self, mut request: Request, auth: Auth<'_>) -> Result<Answer, Failure> {
        request.headers.extend(self.common_headers(auth)?);
        if self.is_stamp_due() {
            let store = self.core.journal.identity().store_id;
            request.headers.push((STAMP_HEADER.to_owned(), store.to_string()));
        }
        if let Auth::Token(token) = auth {
            request.headers.push(("authorization".to_owned(), format!("Bearer {token}")));
        }
        let sent = self.core.ports.clock.now();
        let response = self.core.ports.transport.send(request).await?;
        let received = self.core.ports.clock.now();
        Ok(Answer { response: judge(response)?, sent, received })
    }

    /// Whether the next request asks the server to sign its time: the last meeting that was signed is a few minutes old,
    /// or of another boot.
    fn is_stamp_due(&self) -> bool {
        let now = self.core.ports.clock.now();
        let held = self.core.journal.read::<_, JournalError>("stamp", |rows| rows.signed_anchor());
        let young = |held: Anchor| now.boot_ms.saturating_sub(held.boot_ms) < MEETING_KEPT_MS;
        !held.is_ok_and(|held| held.is_some_and(|held| held.boot_id == now.boot_id && young(held)))
    }

    /// The session once its claim was granted, also on a phone that lost the account since.
    pub(crate) fn signed_in(&self) -> Result<Session, Failure> {
        let session = self.core.journal.read("session", |rows| rows.session())?;
        session.filter(|session| session.state == ClaimState::SignedIn).ok_or_else(|| Failure::of(Code::NotSignedIn))
    }

    /// The session once this store holds the account: a store that took over claims it first.
    pub(crate) async fn holding(&self) -> Result<Session, Failure> {
        let session = self.signed_in()?;
        if session.access.is_some() || session.refresh.is_some() {
            return Ok(session);
        }
        self.refreshed(None).await?;
        self.signed_in()
    }

    /// A token that is not `stale`: either one that another lane fetched meanwhile, or a new one.
    async fn refreshed(&self, stale: Option<&str>) -> Result<String, Failure> {
        let _one_at_a_time = self.refreshing.lock().await;
        let session = self.signed_in()?;
        match session.access.clone() {
            Some(token) if stale != Some(token.as_str()) => Ok(token),
            _ => refresh::refresh(self, &session).await,
        }
    }

    /// The headers of every request: the known incarnation, and the unsent counts (R-034 shows them on a second phone).
    fn common_headers(&self, auth: Auth<'_>) -> Result<Vec<(String, String)>, Failure> {
        let identity = self.core.journal.identity();
        let (incarnation, facts, blobs) = self.core.journal.read("headers", |rows| {
            let incarnation = rows.session()?.and_then(|session| session.incarnation);
            let (facts, blobs) = rows.unsent(identity)?;
            Ok::<_, Failure>((incarnation, facts, blobs))
        })?;
        let mut headers = vec![
            (UNSENT_FACTS_HEADER.to_owned(), facts.to_string()),
            (UNSENT_BLOBS_HEADER.to_owned(), blobs.to_string()),
        ];
        headers.extend(
            incarnation.filter(|_| auth != Auth::Stranger).map(|id| (INCARNATION_HEADER.to_owned(), id.to_string())),
        );
        Ok(headers)
    }
}

/// Whether the server tells for the first time that the account was taken from this phone. The token that a refresh gives
/// then still opens the way for what the phone has recorded.
fn is_news(session: &Session, failure: &Failure) -> bool {
    let lost = matches!(failure.code.known(), Some(Code::Fenced | Code::AccountDisabled));
    failure.by_server && lost && session.late.as_ref() != Some(&failure.code)
}

/// A JSON body to a path of the session.
pub(super) fn post(path: &str, body: &impl serde::Serialize) -> Result<Request, Failure> {
    let bytes = serde_json::to_vec(body).map_err(|_| Failure::of(Code::BadRequest))?;
    Ok(Request {
        method: Method::Post,
        path: path.to_owned(),
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: Body::Bytes(bytes.into()),
    })
}
