//! The track of a task, as GeoJSON (RFC 7946) or GPX 1.1: WGS-84 as the phone was told it, a piece at a time.

use crate::{
    blobs::Blobs,
    evidence::fixes::of_pieces,
    org::Org,
    query::{self, access::to_task},
    store::{Store, StoreError, Tx},
};
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat};
use firebee_domain::{
    account::{Action, Actor},
    evidence::SegmentRef,
    id::{ContentId, TaskId},
    track::Fix,
};
use futures_util::{Stream, stream};
use quick_xml::escape::escape;
use serde_json::json;
use std::collections::{HashSet, VecDeque};

/// How a track is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum TrackFormat {
    /// A collection of lines, one a piece.
    #[default]
    Geojson,
    /// A track with a segment a piece.
    Gpx,
}

/// The pieces of a track that are on the server.
#[derive(Clone, Debug)]
pub struct Walked {
    org: Org,
    task: TaskId,
    name: String,
    pieces: VecDeque<SegmentRef>,
    verified: HashSet<ContentId>,
}

/// The track of a task that this actor may read; `None` where there is no such task.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn find(store: &Store, (org, actor): (Org, Actor), task: TaskId) -> Result<Option<Walked>, StoreError> {
    let read = async move |tx: &mut Tx| {
        if to_task(tx, org, &actor, Action::ReadTrack, task).await?.is_none() {
            return Ok(None);
        }
        let documents = query::task::documents(tx, org, &[task]).await?;
        let Some(document) = documents.into_iter().next() else { return Ok(None) };
        let pieces: VecDeque<SegmentRef> = document.task.segments.into();
        let blobs = pieces.iter().map(|held| held.segment.blob).collect();
        let verified = query::evidence::verified(tx, org, &blobs).await?;
        Ok(Some(Walked { org, task, name: document.task.name, pieces, verified }))
    };
    store.read("export_track", read).await
}

/// The text of a track.
pub fn stream(
    blobs: Blobs,
    walked: Walked,
    format: TrackFormat,
) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static {
    let head = match format {
        TrackFormat::Geojson => format!("{{\"type\":\"FeatureCollection\",\"task\":\"{}\",\"features\":[", walked.task),
        TrackFormat::Gpx => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Firebee\" \
             xmlns=\"http://www.topografix.com/GPX/1/1\">\n<trk><name>{}</name>\n",
            escape(walked.name.as_str())
        ),
    };
    stream::try_unfold((Some(head), false, Some(walked)), move |(head, follows, walked)| {
        let blobs = blobs.clone();
        async move {
            let Some(mut walked) = walked else { return Ok(None) };
            let mut text = head.unwrap_or_default();
            let Some(held) = walked.pieces.pop_front() else {
                text += match format {
                    TrackFormat::Geojson => "]}\n",
                    TrackFormat::Gpx => "</trk>\n</gpx>\n",
                };
                return Ok(Some((Bytes::from(text), (None, follows, None))));
            };
            let read = of_pieces(&blobs, walked.org, std::iter::once(held.segment.blob), &walked.verified).await;
            let fixes = read.into_iter().next().unwrap_or_default();
            let written = match format {
                TrackFormat::Geojson => feature(&held, &fixes),
                TrackFormat::Gpx => segment(&held, &fixes),
            };
            if format == TrackFormat::Geojson && follows && !written.is_empty() {
                text.push(',');
            }
            text += &written;
            Ok(Some((Bytes::from(text), (None, follows || !written.is_empty(), Some(walked)))))
        }
    })
}

/// The last instant at which a fix can have been taken: its piece was sealed behind its last fix.
fn at(held: &SegmentRef, fix: &Fix) -> Option<String> {
    let before_the_end = held.segment.last_boot_ms.saturating_sub(fix.boot_ms);
    let at = DateTime::from_timestamp_millis(held.at.latest().plus_ms(before_the_end.saturating_neg()).0)?;
    Some(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn degrees(e6: i32) -> f64 {
    f64::from(e6) / 1e6
}

fn feature(held: &SegmentRef, fixes: &[Fix]) -> String {
    let places: Vec<[f64; 2]> = fixes.iter().map(|fix| [degrees(fix.lon_e6), degrees(fix.lat_e6)]).collect();
    let geometry = match places.as_slice() {
        [] => return String::new(),
        [only] => json!({ "type": "Point", "coordinates": only }),
        _ => json!({ "type": "LineString", "coordinates": places }),
    };
    let properties = json!({
        "piece": held.segment.blob,
        "replayed": held.segment.replayed,
        "times_latest": fixes.iter().map(|fix| at(held, fix)).collect::<Vec<_>>(),
        "accuracy_m": fixes.iter().map(|fix| fix.accuracy_m).collect::<Vec<_>>(),
        "provider": fixes.iter().map(|fix| fix.provider).collect::<Vec<_>>(),
        "mock": fixes.iter().map(|fix| fix.mock).collect::<Vec<_>>(),
    });
    json!({ "type": "Feature", "geometry": geometry, "properties": properties }).to_string()
}

fn segment(held: &SegmentRef, fixes: &[Fix]) -> String {
    if fixes.is_empty() {
        return String::new();
    }
    let point = |fix: &Fix| {
        let time = at(held, fix).map(|at| format!("<time>{at}</time>")).unwrap_or_default();
        let (lat, lon) = (degrees(fix.lat_e6), degrees(fix.lon_e6));
        format!("<trkpt lat=\"{lat:.6}\" lon=\"{lon:.6}\">{time}</trkpt>\n")
    };
    format!("<trkseg>\n{}</trkseg>\n", fixes.iter().map(point).collect::<String>())
}
