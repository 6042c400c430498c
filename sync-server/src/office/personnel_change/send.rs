//! A firm sends an application with its sealed form and the archive of its papers (R-020…R-022).

use super::{keep, locked};
use crate::{
    office::{Act, Flaw, Refused, Rule, command::command, files},
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    evidence::ATTACHMENT_MIB_MAX,
    id::{ContentId, PersonnelChangeId},
    personnel_change::{self, Paper, SendError, Sent},
};
use firebee_protocol::{
    fact::Mime,
    text::{Arg, named::Values},
};
use serde::Serialize;

/// What is sent.
#[derive(Clone, Debug, Serialize)]
pub struct Send {
    /// The application.
    pub change: PersonnelChangeId,
    /// The scan and the archive, stored already; their bytes tell which is which.
    pub files: Vec<ContentId>,
    /// What the archive holds, as ticked.
    pub papers: Vec<Paper>,
}

/// Why it is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendRefused {
    /// No scan, or several.
    #[error("the scan of the sealed form is missing")]
    FormRequired,
    /// No archive, or several.
    #[error("the archive is missing")]
    ArchiveRequired,
    /// The rule of the application.
    #[error(transparent)]
    Send(#[from] SendError),
}

impl SendRefused {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::FormRequired => Code::SealedFormRequired,
            Self::ArchiveRequired => Code::ArchiveRequired,
            Self::Send(error) => error.code(),
        }
    }
}

impl Rule for SendRefused {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::ArchiveRequired => vec![("max", Arg::from(ATTACHMENT_MIB_MAX))],
            Self::FormRequired | Self::Send(_) => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = match self {
            Self::FormRequired | Self::ArchiveRequired => "file",
            Self::Send(SendError::PapersMissing) => "papers",
            Self::Send(SendError::AlreadySent) => "",
        };
        vec![Flaw { at: at.into(), code: (*self).code(), values: self.values() }]
    }
}

/// Sends it: it waits in first review from now on.
///
/// # Errors
/// [`Refused`], also when it is not this firm's, or a file is not this actor's.
pub async fn send(store: &Store, act: Act, wanted: Send) -> Result<(), Refused<SendRefused>> {
    let about = act.org.id();
    command(store, act, "send_personnel_change", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Send) -> Result<(), Refused<SendRefused>> {
    if !may(&act.actor, Action::RequestPersonnelChange, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let change = locked(tx, act.org, wanted.change).await?.ok_or(Refused::NotFound)?;
    let brought = files::brought(tx, act.org, act.actor.account, &wanted.files).await?;
    let brought = brought.ok_or(Refused::FileUnknown)?;
    let of = |archive: bool| {
        let mut found = brought.iter().filter(move |(_, mime)| (*mime == Mime::Archive) == archive);
        found.next().filter(|_| found.next().is_none()).map(|(id, _)| *id)
    };
    let form = of(false).ok_or(SendRefused::FormRequired)?;
    let archive = of(true).ok_or(SendRefused::ArchiveRequired)?;
    let sent = Sent { form, archive, papers: wanted.papers.clone(), by: act.actor.account, at: act.at };
    let sent = personnel_change::send(&change, sent).map_err(SendRefused::from)?;
    Ok(keep(tx, act.org, &sent).await?)
}
