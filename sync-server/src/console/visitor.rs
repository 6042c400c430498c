//! Who looks at a page.

use super::{cookie, language, part::Hidden, refused::Refusal};
use crate::{
    auth::tls::Tls,
    keys::Keyring,
    office::{
        Act,
        console_session::{
            open::hash,
            touch::{STALE_MS, touch},
        },
        oversight,
    },
    org::Org,
    query::{self, member::Member, overseen::Thing},
    random::uuid_v4,
    state::App,
    store::{StoreError, Tx},
    view::Reader,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use firebee_domain::{
    account::{Action, Role, Subject, client_allowed, may},
    id::{AccountId, EventId, RequestId},
    session::ClientKind,
    time::Timestamp,
};
use firebee_protocol::{act::OfficeAct, text::Language};
use serde::Deserialize;

/// For how long a page says what was just done.
const DONE_MS: i64 = 600_000;

/// What somebody just did. The address names the request, and the act is read from its line: whatever else an address
/// says is not believed.
#[derive(Clone, Debug)]
pub(super) struct Done {
    /// The act.
    pub(super) event: EventId,
    /// Its kind, and behind a dot what was chosen where there was a choice.
    pub(super) word: String,
}

/// The choices that acts have in their bodies.
#[derive(Default, Deserialize)]
struct Choice {
    decision: Option<String>,
    remedy: Option<String>,
}

impl Done {
    fn of(act: &OfficeAct) -> Self {
        let choice: Choice = serde_json::from_str(act.body.get()).unwrap_or_default();
        let word = match choice.decision.or(choice.remedy) {
            Some(choice) => format!("{}.{choice}", act.kind),
            None => act.kind.clone(),
        };
        Self { event: act.id, word }
    }
}

/// Somebody who is signed in to the console.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    pub(super) member: Member,
    pub(super) language: Language,
    /// What every form of this session carries.
    pub(super) csrf: String,
    /// The hash of the session's cookie.
    pub(super) session: [u8; 32],
    /// Path and query of the request.
    pub(super) path: String,
    /// Whether the browser spoke TLS.
    pub(super) secure: bool,
    pub(super) now: Timestamp,
    /// What the server signs acts with.
    keys: Keyring,
    /// What this visitor just did.
    pub(super) done: Option<Done>,
}

impl Visitor {
    /// An act of this visitor by the request of a form.
    pub(super) fn act(&self, request: RequestId) -> Act {
        let Self { member, keys, now, .. } = self;
        Act { org: member.org, keys: keys.clone(), actor: member.actor.clone(), request, at: *now }
    }

    /// An act of this visitor in another firm: the fire service decides in the firms of its jurisdiction.
    pub(super) fn act_in(&self, org: Org, request: RequestId) -> Act {
        Act { org, ..self.act(request) }
    }

    /// A fresh request id for a form.
    fn request() -> Result<RequestId, Refusal> {
        uuid_v4().map(RequestId).map_err(|error| Refusal::Store(StoreError::Lost(error.to_string())))
    }

    /// What the words of a view depend on.
    pub(super) const fn reader(&self) -> Reader<'_> {
        Reader { language: self.language, now: self.now, actor: &self.member.actor }
    }

    /// What a form of this visitor carries.
    pub(super) fn hidden(&self) -> Result<Hidden, Refusal> {
        Ok(Hidden { csrf: self.csrf.clone(), request: Self::request()? })
    }

    /// Whether this visitor may do something to a subject.
    pub(super) fn may(&self, action: Action, subject: &Subject) -> bool {
        may(&self.member.actor, action, subject)
    }
}

/// The act of a request: it stands in the chain of the visitor's own firm, of the firm in which it stands, or of another
/// firm in its jurisdiction.
async fn done_by(
    tx: &mut Tx,
    orgs: [Org; 2],
    account: AccountId,
    request: RequestId,
) -> Result<Option<OfficeAct>, StoreError> {
    for org in orgs {
        if let Some((act, _)) = query::act::of_request(tx, org, request).await? {
            return Ok(Some(act));
        }
    }
    match query::act::firm_of_request(tx, account, request).await? {
        Some(org) => Ok(query::act::of_request(tx, org, request).await?.map(|(act, _)| act)),
        None => Ok(None),
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let secure = Tls::of(parts, app).0;
        let now = app.clock.now();
        let back = || match (parts.method == "GET", parts.uri.path()) {
            (true, _) => Refusal::SignIn { back: path.clone() },
            (false, "/sign-out" | "/password") => Refusal::SignIn { back: "/".to_owned() },
            (false, _) => Refusal::SignInFirst,
        };
        let shown = cookie::find(&parts.headers, cookie::name(secure)).ok_or_else(back)?;
        let session = hash(shown);
        let query = parts.uri.query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("done="));
        let asked: Option<RequestId> = asked.and_then(|request| request.parse().ok());
        let thing = Thing::of_address(parts.uri.path(), query);
        let found = app.store.read("find_visitor", async move |tx: &mut Tx| {
            let Some(known) = query::console_session::find(tx, &session, now).await? else { return Ok(None) };
            let mut member = query::member::member(tx, known.org, known.account).await?;
            if let Some(member) = &mut member {
                stand(tx, member, thing).await?;
            }
            let done = match asked {
                Some(request) => {
                    let stands = member.as_ref().map_or(known.org, |member| member.org);
                    done_by(tx, [known.org, stands], known.account, request).await?
                }
                None => None,
            };
            let done = done.filter(|act| act.account == Some(known.account) && now.ms_since(act.at_ms) <= DONE_MS);
            Ok::<_, StoreError>(member.map(|member| (known, member, done.as_ref().map(Done::of))))
        });
        let (known, member, done) = found.await?.ok_or_else(back)?;
        if !member.actor.enabled || !client_allowed(member.actor.role, ClientKind::Console) {
            return Err(back());
        }
        if member.must_change && !matches!(parts.uri.path(), "/password" | "/sign-out") {
            return Err(Refusal::ChangePassword);
        }
        if now.ms_since(known.seen) > STALE_MS {
            touch(&app.store, session, now).await?;
        }
        let visitor = Self {
            member,
            language: language::of(&parts.headers),
            csrf: known.csrf,
            session,
            secure,
            now,
            keys: app.keyring.clone(),
            done,
            path,
        };
        if parts.method == "GET" {
            visitor.read(app, parts.uri.path()).await?;
        }
        Ok(visitor)
    }
}

/// Pages that show nothing of a firm.
const OWN_PAGES: [&str; 7] = ["/", "/account", "/password", "/sessions", "/readings", "/sign-out", "/language"];

/// on the page of something in its jurisdiction a regulator stands in the firm that the thing belongs to. What is
/// shown there [`may`] decides, as for everybody.
async fn stand(tx: &mut Tx, member: &mut Member, thing: Option<Thing>) -> Result<(), StoreError> {
    if member.actor.role == Role::Regulator
        && let Some(thing) = thing
        && let Some(firm) = query::overseen::firm_of(tx, member.actor.account, thing).await?
    {
        member.org = firm;
    }
    Ok(())
}

impl Visitor {
    /// what a regulator reads is written down.
    async fn read(&self, app: &App, path: &str) -> Result<(), StoreError> {
        let member = &self.member;
        if member.actor.role != Role::Regulator || OWN_PAGES.contains(&path) {
            return Ok(());
        }
        let read = (member.org, member.actor.account);
        oversight::read((&app.store, &app.clock), read, (path, self.now)).await
    }
}
