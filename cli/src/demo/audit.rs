//! The audit. After everything has stopped, another process reads the server's data folder, and every fact and blob of
//! the phones' journals is looked up there.

use super::{
    fail::StoryError,
    report::{Blobs, Facts},
};
use firebee_client::journal::inspect;
use firebee_domain::id::{ContentId, FactId};
use firebee_server::{
    store::BlobStage,
    verify::{Verified, VerifiedBlob},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the journals of all phones hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journals {
    /// Facts.
    pub facts: BTreeSet<FactId>,
    /// Blobs.
    pub blobs: BTreeSet<ContentId>,
}

/// Reads the journals in these folders; nobody has them open.
///
/// # Errors
/// One cannot be read.
pub fn journals(folders: &[PathBuf]) -> Result<Journals, StoryError> {
    let mut all = Journals::default();
    for folder in folders {
        let held = inspect(folder).map_err(StoryError::at("read a phone's journal"))?;
        all.facts.extend(held.facts);
        all.blobs.extend(held.blobs);
    }
    Ok(all)
}

/// Lets another process of this program read the data folder.
///
/// # Errors
/// It does not start or does not find data.
pub fn verify(data: &Path) -> Result<Verified, StoryError> {
    let step = "read the server's data in another process";
    let program = std::env::current_exe().map_err(StoryError::at(step))?;
    let reading = Command::new(program).args(["verify", "--json", "--data"]).arg(data).stdin(Stdio::null()).output();
    let output = reading.map_err(StoryError::at(step))?;
    // A broken blob is a finding and has a status of its own; without an object there is none.
    serde_json::from_slice(&output.stdout)
        .map_err(|_| StoryError::new(step, String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// Compares the two.
pub fn compare(journals: &Journals, server: &Verified) -> (Facts, Blobs) {
    let codes: BTreeMap<FactId, bool> = server.facts.iter().map(|fact| (fact.id, fact.code.is_none())).collect();
    let blobs: BTreeMap<ContentId, &VerifiedBlob> = server.blobs.iter().map(|blob| (blob.id, blob)).collect();
    let found = |counts: bool| journals.facts.iter().filter(|fact| codes.get(fact) == Some(&counts)).count();
    let (recorded, accepted, quarantined) = (journals.facts.len(), found(true), found(false));
    let whole = |blob: &&VerifiedBlob| blob.sound && blob.state == BlobStage::Verified;
    let verified: Vec<&VerifiedBlob> =
        journals.blobs.iter().filter_map(|id| blobs.get(id).copied()).filter(whole).collect();
    let facts = Facts { recorded, accepted, quarantined, lost: recorded - accepted - quarantined + server.broken() };
    let bytes = verified.iter().filter_map(|blob| blob.len).sum();
    (facts, Blobs { announced: journals.blobs.len(), verified: verified.len(), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::code::Code;
    use firebee_server::verify::VerifiedFact;
    use uuid::Uuid;

    fn fact(number: u128) -> FactId {
        FactId(Uuid::from_u128(number))
    }

    fn blob(number: u8, state: BlobStage, sound: bool) -> VerifiedBlob {
        VerifiedBlob { id: ContentId([number; 32]), state, len: Some(10), sound }
    }

    fn found(number: u128, code: Option<Code>) -> VerifiedFact {
        VerifiedFact { id: fact(number), code: code.map(Into::into) }
    }

    #[test]
    fn what_a_journal_has_and_the_server_has_not_is_lost_and_a_broken_blob_too() {
        let journals = Journals {
            facts: (1..=4).map(fact).collect(),
            blobs: (1..=4).map(|number| ContentId([number; 32])).collect(),
        };
        let server = Verified {
            facts: vec![found(1, None), found(2, Some(Code::OutOfScope)), found(3, None), found(9, None)],
            blobs: vec![
                blob(1, BlobStage::Verified, true),
                blob(2, BlobStage::Verified, false),
                blob(3, BlobStage::Announced, true),
            ],
            ..Verified::default()
        };
        let (facts, blobs) = compare(&journals, &server);
        assert_eq!(facts, Facts { recorded: 4, accepted: 2, quarantined: 1, lost: 2 });
        assert_eq!(blobs, Blobs { announced: 4, verified: 1, bytes: 10 });
    }

    #[test]
    fn a_phone_that_recorded_nothing_loses_nothing() {
        let (facts, blobs) = compare(&Journals::default(), &Verified::default());
        assert_eq!((facts, blobs), (Facts::default(), Blobs::default()));
    }
}
