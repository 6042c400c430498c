//! The manifest: every fact that counts at submission, listed completely.

use crate::{
    id::{FactId, Hash},
    task::Task,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a submission lists; each list is sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The current results.
    pub results: Vec<FactId>,
    /// The photos not withdrawn.
    pub photos: Vec<FactId>,
    /// The track segments that overlap the task.
    pub segments: Vec<FactId>,
    /// The description that counts.
    pub described: Option<FactId>,
    /// What was isolated and put back to automatic.
    pub service: Vec<FactId>,
    /// The owner's witness.
    pub witness: Option<FactId>,
}

impl Manifest {
    /// What counts in a task now.
    pub fn of(task: &Task) -> Self {
        Self {
            results: sorted(task.current_results().map(|result| result.fact)),
            photos: task.current_photos().map(|photo| photo.fact).collect(),
            segments: task.segments.iter().map(|segment| segment.fact).collect(),
            described: task.description.as_ref().map(|description| description.fact),
            service: sorted(task.service.iter().map(|step| step.fact)),
            witness: task.witness.as_ref().map(|witness| witness.fact),
        }
    }

    /// The manifest as JSON text: keys in this order, no white space. The device writes the text once, and the text
    /// travels as a string.
    pub fn to_text(&self) -> String {
        let list = |ids: &[FactId]| ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(",");
        let one = |id: Option<FactId>| id.map_or_else(|| "null".to_owned(), |id| format!("\"{id}\""));
        format!(
            "{{\"results\":[{}],\"photos\":[{}],\"segments\":[{}],\"described\":{},\"service\":[{}],\"witness\":{}}}",
            list(&self.results),
            list(&self.photos),
            list(&self.segments),
            one(self.described),
            list(&self.service),
            one(self.witness)
        )
    }

    /// Parses a text of [`to_text`](Self::to_text) whose lists are sorted and name nothing twice; `None` for any other
    /// text.
    pub fn of_text(text: &str) -> Option<Self> {
        let (results, rest) = text.strip_prefix("{\"results\":[")?.split_once("],\"photos\":[")?;
        let (photos, rest) = rest.split_once("],\"segments\":[")?;
        let (segments, rest) = rest.split_once("],\"described\":")?;
        let (described, rest) = rest.split_once(",\"service\":[")?;
        let (service, rest) = rest.split_once("],\"witness\":")?;
        let id = |quoted: &str| quoted.trim_matches('"').parse().ok();
        let list = |ids: &str| ids.split(',').filter(|id| !id.is_empty()).map(id).collect::<Option<Vec<FactId>>>();
        let one = |quoted: &str| if quoted == "null" { Some(None) } else { id(quoted).map(Some) };
        let read = Self {
            results: list(results)?,
            photos: list(photos)?,
            segments: list(segments)?,
            described: one(described)?,
            service: list(service)?,
            witness: one(rest.strip_suffix('}')?)?,
        };
        (read.is_sorted() && read.to_text() == text).then_some(read)
    }

    /// Whether each list is sorted and names nothing twice.
    fn is_sorted(&self) -> bool {
        [&self.results, &self.photos, &self.segments, &self.service]
            .into_iter()
            .all(|ids| ids.is_sorted_by(|one, next| one < next))
    }

    /// The facts that only one of the two manifests lists.
    pub fn difference(&self, other: &Self) -> Vec<FactId> {
        let mine: Vec<FactId> = self.facts().collect();
        let theirs: Vec<FactId> = other.facts().collect();
        let mut odd: Vec<FactId> = mine.iter().filter(|id| !theirs.contains(id)).copied().collect();
        odd.extend(theirs.iter().filter(|id| !mine.contains(id)));
        odd.sort_unstable();
        odd
    }

    /// Every fact it lists.
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        let lists = self.results.iter().chain(&self.photos).chain(&self.segments).chain(&self.service);
        lists.chain(&self.described).chain(&self.witness).copied()
    }
}

/// SHA-256 of `firebee/manifest/1\n` and the manifest's exact text.
pub fn manifest_hash(text: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(b"firebee/manifest/1\n");
    hasher.update(text.as_bytes());
    Hash(hasher.finalize().into())
}
/// The facts of a list, in the order of their ids.
fn sorted(facts: impl Iterator<Item = FactId>) -> Vec<FactId> {
    let mut sorted: Vec<FactId> = facts.collect();
    sorted.sort_unstable();
    sorted
}
