//! A firm draws an application up. Its form is printed next.

use super::keep;
use crate::{
    office::{Act, Flaw, Refused, Rule, command::command},
    query,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::{PersonId, PersonnelChangeId},
    personnel::{Certificate, PersonError},
    personnel_change::{self, ChangeKind, DrawUpError, Wanted},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is wanted, as typed. The log keeps no name, no number and no reason of it.
#[derive(Clone, Debug, Serialize)]
pub struct DrawUp {
    /// What is applied for.
    pub kind: ChangeKind,
    /// Who of the list it is about.
    pub person: Option<PersonId>,
    /// The name of somebody new.
    #[serde(skip)]
    pub name: String,
    /// The number of the identity card.
    #[serde(skip)]
    pub identity: String,
    /// The phone number.
    #[serde(skip)]
    pub phone: String,
    /// The certificate that comes.
    #[serde(skip)]
    pub certificate: Option<Certificate>,
    /// Why.
    #[serde(skip)]
    pub reason: String,
}

impl Rule for DrawUpError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Name(error) | Self::Reason(error) => error.values(),
            Self::Certificate(error) => error.values(),
            Self::Identity(_) | Self::Phone(_) | Self::CertificateRequired | Self::PersonRequired => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = match self {
            Self::Name(_) => "name",
            Self::Reason(_) => "reason",
            Self::Identity(_) => "identity",
            Self::Phone(_) => "phone",
            Self::Certificate(error) => of_certificate(*error),
            Self::CertificateRequired => "level",
            Self::PersonRequired => "person",
        };
        vec![Flaw { at: at.into(), code: (*self).code(), values: self.values() }]
    }
}

/// The field of a form that a certificate's error is about.
pub(in crate::office) const fn of_certificate(error: PersonError) -> &'static str {
    match error {
        PersonError::Text(_) => "number",
        PersonError::LevelUnknown => "level",
        PersonError::ValidityReversed => "to",
    }
}

/// Draws it up and returns its id.
///
/// # Errors
/// [`Refused`], also when this actor may not apply, or the person is not on the firm's list.
pub async fn draw_up(store: &Store, act: Act, wanted: DrawUp) -> Result<PersonnelChangeId, Refused<DrawUpError>> {
    let about = act.org.id();
    command(store, act, "draw_up_personnel_change", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &DrawUp) -> Result<PersonnelChangeId, Refused<DrawUpError>> {
    if !may(&act.actor, Action::RequestPersonnelChange, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let person = match wanted.person {
        Some(person) => Some(query::member::person(tx, act.org, person).await?.ok_or(Refused::NotFound)?),
        None => None,
    };
    let id = PersonnelChangeId(act.event().0);
    let DrawUp { kind, name, identity, phone, certificate, reason, .. } = wanted.clone();
    let (organisation, by, at) = (act.org.id(), act.actor.account, act.at);
    let typed = Wanted { id, organisation, kind, name, identity, phone, certificate, reason, by, at };
    keep(tx, act.org, &personnel_change::draw_up(typed, person.as_ref())?).await?;
    Ok(id)
}
