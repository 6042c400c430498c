//! Seals fixes into a segment. The blob becomes durable first; then one transaction records the fact and deletes the
//! rows of the fixes.

use crate::{
    journal::OpenTrack,
    ports::Clocks,
    work::{TaskView, Trouble, acting::Acting},
};
use firebee_domain::{
    evidence::TrackSegment,
    id::{BootId, TaskId},
    task::{Stamp, TaskError},
    track::{Cause, Fix, Hole, SEGMENT_FIXES_MAX, Segment, detect_holes},
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, Mime},
    track::encode,
};

/// A stretch without fixes, in milliseconds since boot.
pub(super) struct Stretch {
    pub(super) boot_id: BootId,
    pub(super) from_ms: i64,
    pub(super) to_ms: i64,
    pub(super) cause: Cause,
}

/// Seals all open fixes, if the running track serves the view's task, which ends now. The track goes on for another task that
/// it serves, and ends with the last one.
pub(crate) fn close<E: From<Trouble> + From<TaskError>>(acting: &Acting<'_>, view: &mut TaskView) -> Result<(), E> {
    let Some(track) = acting.tx.open_track().map_err(Trouble::from)? else { return Ok(()) };
    let served = served(acting, &track)?;
    if !served.contains(&view.task.id) {
        return Ok(());
    }
    let track = of_this_boot::<E>(acting, view, track)?;
    keep_in_hand(acting)?;
    all::<E>(acting, view, &track)?;
    if track.task != view.task.id {
        return Ok(());
    }
    for other in served.into_iter().filter(|other| *other != view.task.id) {
        if acting.take_task(other)?.is_some_and(|(.., held)| is_worked_on(acting, &held)) {
            return Ok(acting.tx.put_track(&OpenTrack { task: other, ..track }).map_err(Trouble::from)?);
        }
    }
    Ok(acting.tx.close_track().map_err(Trouble::from)?)
}

/// Seals all open fixes and ends the running track, whatever tasks it serves.
pub(super) fn end<E: From<Trouble> + From<TaskError>>(acting: &Acting<'_>, view: &mut TaskView) -> Result<(), E> {
    let Some(track) = acting.tx.open_track().map_err(Trouble::from)? else { return Ok(()) };
    let track = of_this_boot::<E>(acting, view, track)?;
    keep_in_hand(acting)?;
    all::<E>(acting, view, &track)?;
    Ok(acting.tx.close_track().map_err(Trouble::from)?)
}

/// Whether this account still records into a task: it has neither handed it in nor given it away.
fn is_worked_on(acting: &Acting<'_>, held: &TaskView) -> bool {
    held.task.is_editable() && held.task.executor == acting.me
}

/// The tasks that a track serves: the one that it was begun for, and those that something was recorded for since. A track
/// that is replayed from a file serves one.
fn served(acting: &Acting<'_>, track: &OpenTrack) -> Result<Vec<TaskId>, Trouble> {
    let mut served = if track.replayed { Vec::new() } else { acting.tx.tasks_worked_on(track.since_seq)? };
    if !served.contains(&track.task) {
        served.push(track.task);
    }
    Ok(served)
}

/// The track as it takes the buffered fixes. After a restart of the phone, the fixes of the earlier boot are sealed before,
/// and the silence since is told: a segment never mixes two boots.
pub(super) fn of_this_boot<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    view: &mut TaskView,
    track: OpenTrack,
) -> Result<OpenTrack, E> {
    let boot_id = acting.clocks.boot_id;
    if track.boot_id == boot_id || acting.core.in_hand().is_empty() {
        return Ok(track);
    }
    all::<E>(acting, view, &track)?;
    let track = OpenTrack { boot_id, ..track };
    acting.tx.put_track(&track).map_err(Trouble::from)?;
    silence::<E>(acting, view, &track, Stretch::since_boot(acting))?;
    Ok(track)
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
        one::<E>(acting, view, track)?;
    }
    Ok(())
}

/// Seals every fix.
fn all<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    view: &mut TaskView,
    track: &OpenTrack,
) -> Result<(), E> {
    while acting.tx.fix_count().map_err(Trouble::from)? > 0 {
        one::<E>(acting, view, track)?;
    }
    Ok(())
}

/// Seals all open fixes of a track whose task went to somebody else. The facts are kept, and the server says whether
/// they count. The track goes on for another task that it serves, and ends with the last one.
pub(super) fn leave<E: From<Trouble> + From<TaskError>>(acting: &Acting<'_>, track: &OpenTrack) -> Result<(), E> {
    // After a restart the buffer holds fixes of the new boot, which stay there.
    let boot_id = acting.clocks.boot_id;
    if track.boot_id == boot_id {
        keep_in_hand(acting)?;
    }
    let served = served(acting, track)?;
    while acting.tx.fix_count().map_err(Trouble::from)? > 0 {
        let segment = next(acting, track)?;
        for_all::<E>(acting, None, track, &segment)?;
        drop_sealed(acting, &segment)?;
    }
    let mut going_on = None;
    for other in served.into_iter().filter(|other| *other != track.task) {
        if let Some((.., mut held)) = acting.take_task(other)?.filter(|(.., held)| is_worked_on(acting, held)) {
            going_on = going_on.or(Some(other));
            if track.boot_id != boot_id {
                silence_of_one::<E>(acting, &mut held, Stretch::since_boot(acting))?;
                acting.touched(other);
            }
        }
    }
    if let Some(task) = going_on {
        return Ok(acting.tx.put_track(&OpenTrack { task, boot_id, ..*track }).map_err(Trouble::from)?);
    }
    // What is still in hand belongs to no track any more.
    acting.fixes_kept.set(acting.core.in_hand().len());
    Ok(acting.tx.close_track().map_err(Trouble::from)?)
}

fn one<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    view: &mut TaskView,
    track: &OpenTrack,
) -> Result<(), E> {
    let segment = next(acting, track)?;
    for_all::<E>(acting, Some(view), track, &segment)?;
    Ok(drop_sealed(acting, &segment)?)
}

/// The next segment of the open fixes.
fn next(acting: &Acting<'_>, track: &OpenTrack) -> Result<Segment, Trouble> {
    let fixes = acting.tx.fixes(SEGMENT_FIXES_MAX + 1)?;
    let hints = acting.tx.hints()?;
    // One extra fix shows the hole after the last sealed fix. A hole belongs to the segment before it.
    let mut holes = detect_holes(&fixes, &hints);
    let first = fixes.first().map_or(0, |fix| fix.boot_ms);
    holes.retain(|hole| hole.start_boot_ms >= first);
    let sealed: Vec<Fix> = fixes.into_iter().take(SEGMENT_FIXES_MAX).collect();
    Ok(Segment { boot_id: track.boot_id, fixes: sealed, holes })
}

/// Drops the fixes that are sealed, and the hints before the last of them.
fn drop_sealed(acting: &Acting<'_>, sealed: &Segment) -> Result<(), Trouble> {
    acting.tx.drop_fixes(sealed.fixes.len())?;
    Ok(acting.tx.drop_hints_before(sealed.fixes.last().map_or(0, |fix| fix.boot_ms))?)
}

/// A segment of no fix for every task of the track: a silence that lies before the first fix of a boot.
fn silence<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    view: &mut TaskView,
    track: &OpenTrack,
    stretch: Stretch,
) -> Result<(), E> {
    stretch.segment().map_or(Ok(()), |segment| for_all::<E>(acting, Some(view), track, &segment))
}

/// A segment of no fix for one task: a silence between two recordings.
pub(super) fn silence_of_one<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    view: &mut TaskView,
    stretch: Stretch,
) -> Result<(), E> {
    let Some(segment) = stretch.segment() else { return Ok(()) };
    let (body, blob) = stored(acting, &segment, false)?;
    acting.say::<E>(view, body, vec![blob]).map(drop)
}

impl Stretch {
    /// From the start of the phone to the first fix after it.
    fn since_boot(acting: &Acting<'_>) -> Self {
        let Clocks { boot_id, boot_ms, .. } = acting.clocks;
        let to_ms = acting.core.in_hand().first().map_or(boot_ms, |fix| fix.boot_ms);
        Self { boot_id, from_ms: 0, to_ms, cause: Cause::Reboot }
    }

    /// `None` for a stretch that is too short to be a silence.
    fn segment(self) -> Option<Segment> {
        let Self { boot_id, from_ms, to_ms, cause } = self;
        let length_ms = to_ms.saturating_sub(from_ms);
        let hole = Hole { start_boot_ms: from_ms, length_ms, cause };
        (length_ms > firebee_domain::track::GAP_MS_MAX).then(|| Segment {
            boot_id,
            fixes: Vec::new(),
            holes: vec![hole],
        })
    }
}

/// Records a segment for every task that the track serves and that is still worked on, and for those that went to somebody
/// else while it was walked. Its bytes are stored once. `view` is of the act's own task.
fn for_all<E: From<Trouble> + From<TaskError>>(
    acting: &Acting<'_>,
    mut view: Option<&mut TaskView>,
    track: &OpenTrack,
    segment: &Segment,
) -> Result<(), E> {
    let (body, blob) = stored(acting, segment, track.replayed)?;
    for task in served(acting, track)? {
        if let Some(view) = view.as_mut().filter(|view| view.task.id == task) {
            acting.say::<E>(view, body.clone(), vec![blob.clone()])?;
        } else if let Some((.., mut other)) = acting.take_task(task)?.filter(|(.., held)| is_worked_on(acting, held)) {
            acting.say::<E>(&mut other, body.clone(), vec![blob.clone()])?;
            acting.touched(task);
        } else if let Some(handed) = acting.handed(task)
            && began_before(acting, &body, &handed.at)?
        {
            acting.leave(handed, body.clone(), vec![blob.clone()])?;
        }
    }
    Ok(())
}

/// Whether a segment began before an instant of the server's clock, as far as this phone can tell.
fn began_before(acting: &Acting<'_>, segment: &TrackSegment, given: &Stamp) -> Result<bool, Trouble> {
    let anchor = acting.tx.captured(&acting.clocks)?.anchor.filter(|anchor| anchor.boot_id == segment.boot_id);
    let began = anchor.map(|anchor| anchor.server_ms.plus_ms(segment.first_boot_ms.saturating_sub(anchor.boot_ms)));
    let latest = given.best().map(|bound| bound.latest);
    Ok(began.zip(latest).is_none_or(|(began, latest)| began <= latest))
}

/// Stores a segment's bytes. What a fact says of it, and announces.
fn stored(acting: &Acting<'_>, segment: &Segment, replayed: bool) -> Result<(TrackSegment, BlobRef), Trouble> {
    let bytes = encode(segment).map_err(|error| Trouble::Storage { reason: error.to_string(), full: false })?;
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
    Ok((body, BlobRef { id: blob.id, len: blob.len, mime: Mime::Track, role: BlobRole::Track }))
}
