//! What a firm does through the link of its application. Nobody is signed in: the secret of the link is the licence, and it
//! opens this one application only.

use super::{keep, locked};
use crate::{
    keys::Keyring,
    office::{
        Flaw, Office, Refused, Rule,
        act::{Begun, Noted, begin, end},
        files,
        personnel_change::draw_up::of_certificate,
        rule::rules,
    },
    query,
    store::{StoreError, Tx},
};
use firebee_domain::{
    application::{
        self, ApplicantError, Application, Document, EnterError, NotOpen, SubmitError, WantedAnnex, WantedApplicant,
    },
    code::Code,
    id::{AccountId, ContentId, RequestId},
    time::Timestamp,
};
use firebee_protocol::text::named::Values;
use std::sync::Arc;

/// Who comes through a link.
#[derive(Clone, Debug)]
pub struct Link {
    /// The hash of its secret.
    pub hash: [u8; 32],
    /// The request: the same one again changes nothing.
    pub request: RequestId,
}

rules! { NotOpen [], SubmitError [], }

impl Rule for EnterError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Text { error, .. } => error.values(),
            Self::NotOpen(_) | Self::Uscc | Self::NoService => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = match self {
            Self::NotOpen(_) => "",
            Self::Text { field, .. } => field,
            Self::Uscc => "uscc",
            Self::NoService => "service",
        };
        vec![Flaw { at: at.into(), code: (*self).code(), values: self.values() }]
    }
}

impl Rule for ApplicantError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Text(error) => error.values(),
            Self::Certificate(error) => error.values(),
            _ => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = match self {
            Self::NotOpen(_) => "",
            Self::Text(_) => "name",
            Self::Identity(_) | Self::Listed => "identity",
            Self::Phone(_) => "phone",
            Self::Certificate(error) => of_certificate(*error),
            Self::CertificateRequired => "from",
        };
        vec![Flaw { at: at.into(), code: (*self).code(), values: self.values() }]
    }
}

/// Fills annex 1 in.
///
/// # Errors
/// [`Refused`].
pub async fn enter(office: &Office, link: Link, annex: WantedAnnex) -> Result<(), Refused<EnterError>> {
    step(office, link, "fill_in_application", move |before, _| application::enter(before, annex.clone())).await
}

/// Takes somebody with a certificate down.
///
/// # Errors
/// [`Refused`].
pub async fn add(office: &Office, link: Link, who: WantedApplicant) -> Result<(), Refused<ApplicantError>> {
    step(office, link, "fill_in_application", move |before, _| application::add(before, who.clone())).await
}

/// Takes the applicant of a place out, counted from 0.
///
/// # Errors
/// [`Refused`].
pub async fn remove(office: &Office, link: Link, at: usize) -> Result<(), Refused<NotOpen>> {
    step(office, link, "fill_in_application", move |before, _| application::remove(before, at)).await
}

/// Keeps the sealed scan of a document, which was stored for this link before.
///
/// # Errors
/// [`Refused`].
pub async fn attach(office: &Office, link: Link, document: Document, scan: ContentId) -> Result<(), Refused<NotOpen>> {
    let hash = link.hash;
    let read = async move |tx: &mut Tx| {
        let Some((org, application)) = query::application::of_link(tx, &hash).await? else { return Ok(None) };
        files::brought(tx, org, AccountId(application.id.0), &[scan]).await
    };
    let brought: Result<_, StoreError> = office.store.read("find_scan", read).await;
    brought?.ok_or(Refused::FileUnknown)?;
    step(office, link, "fill_in_application", move |before, _| application::attach(before, document, scan)).await
}

/// Submits the application.
///
/// # Errors
/// [`Refused`].
pub async fn submit(office: &Office, link: Link) -> Result<(), Refused<SubmitError>> {
    step(office, link, "submit_application", application::submit).await
}

/// One step in one transaction. The chain of the fire service notes it: what was done, by which application, and nothing of
/// what was typed.
async fn step<E, C>(office: &Office, link: Link, kind: &'static str, change: C) -> Result<(), Refused<E>>
where
    E: Rule + Send + 'static,
    C: Fn(&Application, Timestamp) -> Result<Application, E> + Send + Sync + 'static,
{
    let (at, keys, change) = (office.clock.now(), office.keyring.clone(), Arc::new(change));
    let job = async move |tx: &mut Tx| run(tx, &keys, &link, (kind, at), &*change).await;
    office.store.write(kind, job).await
}

async fn run<E: Rule, C>(
    tx: &mut Tx,
    keys: &Keyring,
    link: &Link,
    (kind, at): (&'static str, Timestamp),
    change: &C,
) -> Result<(), Refused<E>>
where
    C: Fn(&Application, Timestamp) -> Result<Application, E>,
{
    let (org, found) = query::application::of_link(tx, &link.hash).await?.ok_or(Refused::NotFound)?;
    let (about, account) = (org.id().into(), Some(AccountId(found.id.0)));
    let noted = Noted { org, keys, request: link.request, account, at, kind, about, body: "{}" };
    let project = match begin(tx, &noted).await? {
        Begun::First(project) => project,
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(Refused::RequestTaken),
    };
    let before = locked(tx, org, found.id).await?.ok_or(Refused::NotFound)?;
    keep(tx, org, &change(&before, at)?, None).await?;
    Ok(end(tx, &noted, project, "null").await?)
}
