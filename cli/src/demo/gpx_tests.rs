//! Files as recorders write them, and as nobody should.

use super::*;
use firebee_domain::code::Code;

/// 2026-04-30T00:00:00Z.
const NOW: Timestamp = Timestamp(1_777_507_200_000);

fn point(time: &str) -> String {
    format!(r#"<trkpt lat="45.75" lon="14.36"><ele>550.0</ele>{time}</trkpt>"#)
}
fn timed(time: &str) -> String {
    point(&format!("<time>{time}</time>"))
}
fn file(points: &[String]) -> String {
    let points = points.concat();
    format!(
        r#"<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><time>1999-01-01T00:00:00Z</time></metadata><trk><name>a &amp; b</name><trkseg>{points}</trkseg></trk></gpx>"#
    )
}
fn refused(text: &str) -> Code {
    read(text.as_bytes(), NOW).map_or_else(GpxError::code, |walk| panic!("{walk:?}"))
}
fn times(texts: &[&str]) -> Result<Vec<i64>, Code> {
    let text = file(&texts.iter().map(|text| timed(text)).collect::<Vec<_>>());
    let walk = read(text.as_bytes(), NOW).map_err(GpxError::code)?;
    Ok(walk.points.iter().map(|point| point.at.0).collect())
}

#[test]
fn points_of_all_segments_are_one_walk_in_millionths_of_a_degree() {
    let text = r#"<gpx:gpx xmlns:gpx="http://www.topografix.com/GPX/1/0"><gpx:wpt lat="1" lon="2"><gpx:name>FAGGIO</gpx:name></gpx:wpt>
        <gpx:rte><gpx:rtept lat="1" lon="2"/></gpx:rte>
        <gpx:trk><gpx:trkseg/><gpx:trkseg>
          <gpx:trkpt lon="-14.3600004" lat="45.7500005"><gpx:extensions><gpx:time>no</gpx:time></gpx:extensions><gpx:time>
            2010-08-05T14:23:59Z</gpx:time></gpx:trkpt></gpx:trkseg></gpx:trk>
        <gpx:trk><gpx:trkseg><gpx:trkpt lat="-90" lon="180"><gpx:time><![CDATA[2010-08-05T16:23:59.250+02:00]]></gpx:time></gpx:trkpt></gpx:trkseg></gpx:trk>
        </gpx:gpx>"#;
    let walk = read(text.as_bytes(), NOW).unwrap();
    let first = WalkPoint { at: Timestamp(1_281_018_239_000), lat_e6: 45_750_001, lon_e6: -14_360_000 };
    let second = WalkPoint { at: Timestamp(1_281_018_239_250), lat_e6: -90_000_000, lon_e6: 180_000_000 };
    assert_eq!(walk.points, [first, second]);
}

#[test]
fn a_byte_order_mark_another_encoding_and_a_missing_zone_do_no_harm() {
    let text = file(&[timed("2010-08-05T14:23:59")]);
    let (before, after) = text.split_once("a &amp; b").unwrap();
    let latin_1 = [b"\xef\xbb\xbf", before.as_bytes(), b"Raki\xf0ov \xe8", after.as_bytes()].concat();
    assert_eq!(read(&latin_1, NOW).map(|walk| walk.points.len()), Ok(1));
}

#[test]
fn a_point_without_a_time_refuses_the_file() {
    let with = timed("2010-08-05T14:23:59Z");
    for without in [point(""), point("<time/>"), point("<time> </time>")] {
        assert_eq!(refused(&file(&[with.clone(), without.clone()])), Code::TrackTimeMissing);
        assert_eq!(refused(&file(&[without])), Code::TrackTimeMissing);
    }
}

#[test]
fn times_must_increase() {
    assert_eq!(times(&["2010-08-05T14:23:59Z", "2010-08-05T14:23:59.001Z"]).map(|times| times.len()), Ok(2));
    assert_eq!(times(&["2010-08-05T14:23:59Z", "2010-08-05T14:23:59Z"]), Err(Code::TrackTimeNotIncreasing));
    assert_eq!(times(&["2010-08-05T14:23:59Z", "2010-08-05T14:23:58Z"]), Err(Code::TrackTimeNotIncreasing));
}

#[test]
fn times_before_2000_in_the_future_or_a_day_apart_are_implausible() {
    assert_eq!(times(&["2000-01-01T00:00:00Z"]), Ok(vec![946_684_800_000]));
    assert_eq!(times(&["2026-04-30T00:00:00Z"]), Ok(vec![NOW.0]));
    assert_eq!(times(&["2010-08-05T14:00:00Z", "2010-08-06T14:00:00Z"]).map(|times| times.len()), Ok(2));
    for bad in [
        &["1901-12-13T20:45:52.207Z"][..],
        &["1999-12-31T23:59:59.999Z"],
        &["2026-04-30T00:00:00.001Z"],
        &["2010-08-05T14:00:00Z", "2010-08-06T14:00:00.001Z"],
    ] {
        assert_eq!(times(bad), Err(Code::TrackTimeImplausible), "{bad:?}");
    }
}

#[test]
fn a_file_without_track_points_is_empty() {
    assert_eq!(refused(""), Code::TrackEmpty);
    assert_eq!(refused(&file(&[])), Code::TrackEmpty);
    assert_eq!(refused("<gpx/>"), Code::TrackEmpty);
    assert_eq!(refused(r#"<gpx><wpt lat="1" lon="2"><time>2010-08-05T14:23:59Z</time></wpt></gpx>"#), Code::TrackEmpty);
}

#[test]
fn what_is_not_well_formed_gpx_is_unreadable() {
    let good = file(&[timed("2010-08-05T14:23:59Z")]);
    assert!(read(good.as_bytes(), NOW).is_ok());
    let place = |lat: &str| good.replace(r#"lat="45.75""#, lat);
    for bad in [
        "no xml at all".to_owned(),
        "<html/>".to_owned(),
        "\u{0}\u{1}".to_owned(),
        format!("{good}<gpx/>"),
        format!("{good} more"),
        good.replace("</trkseg>", ""),
        good.replace("</gpx>", ""),
        good.replace("2010-08-05T14:23:59Z", "yesterday"),
        place(""),
        place(r#"lat="NaN""#),
        place(r#"lat="inf""#),
        place(r#"lat="90.1""#),
        place(r#"lat="45,75""#),
    ] {
        assert_eq!(refused(&bad), Code::TrackUnreadable, "{bad}");
    }
    for len in 1..good.len() {
        assert_eq!(refused(good.get(..len).unwrap()), Code::TrackUnreadable, "cut to {len}");
    }
}

#[test]
fn a_document_type_is_refused_before_anything_is_expanded() {
    let good = file(&[timed("&t;")]);
    let with = good.replace(r#"<?xml version="1.0"?>"#, r#"<!DOCTYPE gpx [<!ENTITY t "2010-08-05T14:23:59Z">]>"#);
    assert_eq!(refused(&with), Code::TrackUnreadable);
    assert_eq!(refused(&good), Code::TrackUnreadable, "an entity that nobody defined");
    let plain = file(&[timed("2010-08-05T14:23:59Z")]);
    assert_eq!(
        refused(&format!("<!DOCTYPE gpx>{}", plain.replace(r#"<?xml version="1.0"?>"#, ""))),
        Code::TrackUnreadable
    );
}

#[test]
fn too_many_points_or_bytes_are_refused() {
    let points = |count: i64| {
        let start = 1_281_018_239;
        let at = |n: i64| chrono::DateTime::from_timestamp(start + n, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ");
        file(
            &(0..count)
                .map(|n| format!(r#"<trkpt lat="1" lon="2"><time>{}</time></trkpt>"#, at(n)))
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(read(points(200_000).as_bytes(), NOW).map(|walk| walk.points.len()), Ok(200_000));
    assert_eq!(refused(&points(200_001)), Code::TrackTooLarge);
    let mut padded = file(&[timed("2010-08-05T14:23:59Z")]);
    padded.push_str(&" ".repeat(BYTES_MAX as usize - padded.len()));
    assert!(read(padded.as_bytes(), NOW).is_ok());
    padded.push(' ');
    assert_eq!(refused(&padded), Code::TrackTooLarge);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("walk.gpx");
    assert_eq!(read_file(&path, NOW), Err(GpxError::Unreadable));
    std::fs::write(&path, &padded).unwrap();
    assert_eq!(read_file(&path, NOW), Err(GpxError::TooLarge));
}
