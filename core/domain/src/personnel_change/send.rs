//! Sending an application with its sealed form and its papers.

use super::{ChangeState, PersonnelChange, Sent};
use crate::code::Code;

/// Why an application is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It was sent before.
    #[error("the application was sent before")]
    AlreadySent,
    /// The archive does not hold every paper that the change needs.
    #[error("the archive does not hold every paper")]
    PapersMissing,
}

impl SendError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::AlreadySent => Code::AlreadyDone,
            Self::PapersMissing => Code::PapersMissing,
        }
    }
}

/// the application with what was sent; it waits in first review from now on. What the archive holds is what
/// the firm says: nobody unpacks it before a person does.
///
/// # Errors
/// See [`SendError`].
pub fn send(change: &PersonnelChange, sent: Sent) -> Result<PersonnelChange, SendError> {
    if change.state() != ChangeState::Draft {
        return Err(SendError::AlreadySent);
    }
    if !change.kind.papers().iter().all(|paper| sent.papers.contains(paper)) {
        return Err(SendError::PapersMissing);
    }
    Ok(PersonnelChange { sent: Some(sent), ..change.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personnel_change::{ChangeKind, Paper, tests::pending};
    use strum::VariantArray as _;

    /// each paper is missed; a removal needs the proof that the employment ended and no contract.
    #[test]
    fn r_021_every_paper_of_the_kind_is_in_the_archive() {
        for kind in ChangeKind::VARIANTS {
            let sent = pending(*kind).sent.unwrap();
            let draft = PersonnelChange { sent: None, ..pending(*kind) };
            for missing in kind.papers() {
                let papers = kind.papers().iter().copied().filter(|paper| paper != missing).collect();
                let sent = Sent { papers, ..sent.clone() };
                assert_eq!(send(&draft, sent), Err(SendError::PapersMissing), "{kind:?} without {missing:?}");
            }
            assert_eq!(kind.papers().contains(&Paper::Contract), kind.adds());
            assert_eq!(kind.papers().contains(&Paper::Termination), !kind.adds());
        }
    }

    /// what was sent waits, and is not sent again.
    #[test]
    fn r_022_a_sent_application_waits_in_first_review() {
        let waits = pending(ChangeKind::AddOther);
        assert_eq!(waits.state(), ChangeState::Pending);
        let again = send(&waits, waits.sent.clone().unwrap());
        assert_eq!(again.map_err(SendError::code), Err(Code::AlreadyDone));
    }
}
