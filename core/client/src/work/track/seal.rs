//! Seals fixes into a segment. The blob becomes durable first; then one transaction records the fact and deletes the
//! rows of the fixes.

use crate::{
    journal::OpenTrack,
    work::{TaskView, Trouble, acting::Acting},
};
use firebee_domain::{
    evidence::TrackSegment,
    id::{BootId, ProjectId},
    task::TaskError,
    track::{Cause, Fix, Hole, SEGMENT_FIXES_MAX, Segment, detect_holes},
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, Mime},
    track::encode,
};

/// Records a segment that is sealed, with its blob.
type Say<'s, E> = &'s mut dyn FnMut(TrackSegment, BlobRef) -> Result<(), E>;

/// Seals all open fixes of a track whose task went to somebody else, and ends it. The facts are kept, and the server
/// says whether they count.
pub(super) fn leave<E: From<Trouble>>(acting: &Acting<'_>, track: &OpenTrack, project: ProjectId) -> Result<(), E> {
    keep_in_hand(acting)?;
    while acting.tx.fix_count().map_err(Trouble::from)? > 0 {
        one::<E>(acting, track, &mut |body, blob| Ok(acting.leave(project, track.task, body, vec![blob])?))?;
    }
    Ok(acting.tx.close_track().map_err(Trouble::from)?)
}

/// Seals all open fixes of the view's task and ends its running track.
pub(crate) fn close<E: From<Trouble> + From<TaskError>>(acting: &Acting<'_>, view: &mut TaskView) -> Result<(), E> {
    let open = acting.tx.open_track().map_err(Trouble::from)?;
    let Some(track) = open.filter(|track| track.task == view.task.id) else { return Ok(()) };
    keep_in_hand(acting)?;
    all::<E>(acting, view, &track)?;
    acting.tx.close_track().map_err(Trouble::from)?;
    Ok(())
}

/// Stores the buffered fixes in this transaction. They leave the buffer only after the commit.
pub(super) fn keep_in_hand(acting: &Acting<'_>) -> Result<(), Trouble> {
    let fixes = acting.core.in_hand();
    acting.fixes_kept.set(fixes.len());
    Ok(acting.tx.put_fixes(&fixes)?)
}

/// Seals full segments. A segment is sealed only when one more fix has followed, so that the hole after its last fix is
/// known.
pub(super) fn full<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    view: &mut TaskView,
    track: &OpenTrack,
) -> Result<(), E> {
    while acting.tx.fix_count().map_err(Trouble::from)? > SEGMENT_FIXES_MAX {
        one::<E>(acting, track, &mut |body, blob| acting.say(view, body, vec![blob]).map(drop))?;
    }
    Ok(())
}

/// Seals every fix.
pub(super) fn all<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    view: &mut TaskView,
    track: &OpenTrack,
) -> Result<(), E> {
    while acting.tx.fix_count().map_err(Trouble::from)? > 0 {
        one::<E>(acting, track, &mut |body, blob| acting.say(view, body, vec![blob]).map(drop))?;
    }
    Ok(())
}

fn one<E: From<Trouble>>(acting: &Acting<'_>, track: &OpenTrack, say: Say<'_, E>) -> Result<(), E> {
    let fixes = acting.tx.fixes(SEGMENT_FIXES_MAX + 1).map_err(Trouble::from)?;
    let hints = acting.tx.hints().map_err(Trouble::from)?;
    // One extra fix shows the hole after the last sealed fix. A hole belongs to the segment before it.
    let mut holes = detect_holes(&fixes, &hints);
    let first = fixes.first().map_or(0, |fix| fix.boot_ms);
    holes.retain(|hole| hole.start_boot_ms >= first);
    let sealed: Vec<Fix> = fixes.into_iter().take(SEGMENT_FIXES_MAX).collect();
    let count = sealed.len();
    let last = sealed.last().map_or(0, |fix| fix.boot_ms);
    segment::<E>(acting, Segment { boot_id: track.boot_id, fixes: sealed, holes }, track.replayed, say)?;
    acting.tx.drop_fixes(count).map_err(Trouble::from)?;
    Ok(acting.tx.drop_hints_before(last).map_err(Trouble::from)?)
}

/// A segment of no fix: a silence that lies before the first fix of a boot or between two recordings.
pub(super) fn silence<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    view: &mut TaskView,
    boot_id: BootId,
    (from_ms, to_ms): (i64, i64),
    cause: Cause,
    replayed: bool,
) -> Result<(), E> {
    let length_ms = to_ms.saturating_sub(from_ms);
    if length_ms <= firebee_domain::track::GAP_MS_MAX {
        return Ok(());
    }
    let hole = Hole { start_boot_ms: from_ms, length_ms, cause };
    let silent = Segment { boot_id, fixes: Vec::new(), holes: vec![hole] };
    segment::<E>(acting, silent, replayed, &mut |body, blob| acting.say(view, body, vec![blob]).map(drop))
}

fn segment<E: From<Trouble>>(acting: &Acting<'_>, segment: Segment, replayed: bool, say: Say<'_, E>) -> Result<(), E> {
    let bytes = encode(&segment).map_err(|error| Trouble::Storage { reason: error.to_string(), full: false })?;
    let blob = acting.core.blobs.keep(&bytes).map_err(Trouble::from)?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let times = segment.fixes.iter().map(|fix| fix.boot_ms);
    let holes = segment.holes.iter().flat_map(|hole| [hole.start_boot_ms, hole.start_boot_ms + hole.length_ms]);
    let (first, last) = match (times.clone().min(), times.max()) {
        (Some(first), Some(last)) => (first, last),
        _ => (holes.clone().min().unwrap_or(0), holes.max().unwrap_or(0)),
    };
    let body = TrackSegment {
        blob: blob.id,
        boot_id: segment.boot_id,
        first_boot_ms: first,
        last_boot_ms: last,
        fixes: count(segment.fixes.len()),
        holes: count(segment.holes.len()),
        replayed,
    };
    let announced = BlobRef { id: blob.id, len: blob.len, mime: Mime::Track, role: BlobRole::Track };
    say(body, announced)
}
