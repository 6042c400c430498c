//! `track.segment`: a sealed piece of the track enters the task.

use super::{SegmentRef, TrackSegment};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says},
    fault::FaultEvent,
    id::{BootId, ContentId},
    task::{ChangesTask, Circumstances, Task, TaskError},
};

impl Says for TrackSegment {
    const KIND: &'static str = "track.segment";
    const ACTION: Action = Action::RecordTrack;
    const FOOTING: Footing = Footing::Assignment;

    fn blobs(&self) -> Vec<ContentId> {
        vec![self.blob]
    }

    /// it was walked before it was sealed.
    fn began(&self) -> Option<(BootId, i64)> {
        Some((self.boot_id, self.first_boot_ms))
    }
}

impl ChangesTask for TrackSegment {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.segments.binary_search_by_key(&by.fact(), |held| held.fact).is_ok()
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        let at = task.segments.partition_point(|held| held.fact < by.fact());
        task.segments.insert(at, SegmentRef { fact: by.fact(), at: by.at, segment: self });
        Ok(Vec::new())
    }
}
