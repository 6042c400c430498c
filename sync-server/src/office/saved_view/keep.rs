//! Somebody names what a list shows now.

use super::{ADDRESS_MAX, VIEWS_MAX};
use crate::{
    office::{Act, Flaw, Refused, Rule},
    query,
    random::uuid_v4,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    spelling::Spelled,
    text::{self, NAME_MAX, TextError},
};
use firebee_protocol::text::{Arg, named::Values};

/// A view as its form says it.
#[derive(Clone, Debug)]
pub struct Keep {
    /// The address of the list, or of a page.
    pub list: String,
    /// What it is to be called.
    pub name: String,
    /// The list with its filter, or the page: a path of this server.
    pub address: String,
}

/// Why a view is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// The name.
    #[error(transparent)]
    Name(#[from] TextError),
    /// The address, which is longer than any that the pages make.
    #[error("the address cannot be kept")]
    Address,
    /// The person has as many as may be.
    #[error("there are {VIEWS_MAX} views")]
    Full,
}

impl Rule for KeepError {
    fn code(&self) -> Code {
        match self {
            Self::Name(error) => error.code(),
            Self::Address => Code::FieldMalformed,
            Self::Full => Code::ViewsFull,
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Name(error) => error.values(),
            Self::Address => Values::new(),
            Self::Full => vec![("max", Arg::from(VIEWS_MAX))],
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Name(_) | Self::Full => vec![Flaw::of("name", self)],
            Self::Address => Vec::new(),
        }
    }
}

/// Keeps the view for whoever acts. One of the same name of the same list gets the new address; a form that is sent twice
/// changes nothing.
///
/// # Errors
/// [`Refused`].
pub async fn keep(store: &Store, act: Act, wanted: Keep) -> Result<(), Refused<KeepError>> {
    let name = text::name(&wanted.name, NAME_MAX).map_err(KeepError::from)?;
    let rest = wanted.address.strip_prefix(wanted.list.as_str());
    let of_list = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('?'));
    if !of_list || text::line(&wanted.address, ADDRESS_MAX).is_err() {
        return Err(KeepError::Address.into());
    }
    // Not the request: a form that is sent again with another name keeps another view.
    let id = uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?;
    let job = async move |tx: &mut Tx| {
        let account = act.actor.account;
        if query::saved_view::others(tx, act.org, account, (&wanted.list, &name)).await? >= VIEWS_MAX {
            return Err(KeepError::Full.into());
        }
        let insert = sql!(
            "INSERT INTO saved_view(org, account, id, list, name, sort, address, created_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (org, account, list, name) DO UPDATE SET address = excluded.address"
        );
        let sort = Spelled::of(&name).sort;
        let values = row![act.org, &account, &id, &wanted.list, &name, &sort, &wanted.address, act.at];
        tx.execute(insert, &values).await?;
        Ok::<_, Refused<KeepError>>(())
    };
    store.write("keep_saved_view", job).await
}
