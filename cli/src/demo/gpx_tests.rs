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
    read(text.as_bytes(), NOW).map_or_else(GpxError::code, |given| panic!("{given:?}"))
}
fn given(texts: &[&str]) -> Contents {
    let text = file(&texts.iter().map(|text| timed(text)).collect::<Vec<_>>());
    read(text.as_bytes(), NOW).unwrap()
}
/// The times of the only walk.
fn times(texts: &[&str]) -> Vec<i64> {
    let walks = given(texts).walks;
    assert_eq!(walks.len(), 1);
    walks[0].points.iter().map(|point| point.at.0).collect()
}
/// How many points each walk has.
fn lens(given: &Contents) -> Vec<usize> {
    given.walks.iter().map(|walk| walk.points.len()).collect()
}
fn odd(name: &str) -> Contents {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/odd");
    read_file(&folder.join(name), NOW).unwrap()
}

#[test]
fn points_of_all_segments_are_one_walk_in_millionths_of_a_degree() {
    let text = r#"<gpx:gpx xmlns:gpx="http://www.topografix.com/GPX/1/0"><gpx:wpt lat="1" lon="2"><gpx:name>FAGGIO</gpx:name></gpx:wpt>
        <gpx:rte><gpx:rtept lat="1" lon="2"/></gpx:rte>
        <gpx:trk><gpx:trkseg/><gpx:trkseg>
          <gpx:trkpt lon="-14.3600004" lat="45,7500005"><gpx:extensions><gpx:time>no</gpx:time></gpx:extensions><gpx:time>
            2010-08-05T14:23:59Z</gpx:time></gpx:trkpt></gpx:trkseg></gpx:trk>
        <gpx:trk><gpx:trkseg><gpx:trkpt lat="-90" lon="180"><gpx:time><![CDATA[2010-08-05T16:23:59.250+02:00]]></gpx:time></gpx:trkpt></gpx:trkseg></gpx:trk>
        </gpx:gpx>"#;
    let given = read(text.as_bytes(), NOW).unwrap();
    let first = WalkPoint { at: Timestamp(1_281_018_239_000), lat_e6: 45_750_001, lon_e6: -14_360_000 };
    let second = WalkPoint { at: Timestamp(1_281_018_239_250), lat_e6: -90_000_000, lon_e6: 180_000_000 };
    assert_eq!(given, Contents { walks: vec![Walk { points: vec![first, second] }], odd: Odd::default() });
}

#[test]
fn a_byte_order_mark_another_encoding_and_a_missing_zone_do_no_harm() {
    let text = file(&[timed("2010-08-05T14:23:59")]);
    let (before, after) = text.split_once("a &amp; b").unwrap();
    let latin_1 = [b"\xef\xbb\xbf", before.as_bytes(), b"Raki\xf0ov \xe8", after.as_bytes()].concat();
    assert_eq!(read(&latin_1, NOW).map(|given| lens(&given)), Ok(vec![1]));
    let utf_16 = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect::<Vec<u8>>()
    };
    for bytes in [utf_16([0xff, 0xfe], u16::to_le_bytes), utf_16([0xfe, 0xff], u16::to_be_bytes)] {
        assert_eq!(read(&bytes, NOW).map(|given| lens(&given)), Ok(vec![1]));
        assert_eq!(read(&bytes[..1], NOW), Err(GpxError::Unreadable));
    }
}

#[test]
fn times_are_read_as_recorders_write_them() {
    let noon = 1_281_009_600_500;
    for text in [
        "2010-08-05T12:00:00.500Z",
        "2010-08-05T12:00:00,500Z",
        "2010-08-05T12:00:00.5",
        "2010-08-05T20:00:00.500+08:00",
        "2010-08-05T20:00:00.500+0800",
        "2010-08-05T20:00:00,5+08",
        "2010-08-05T04:00:00.500-0800",
    ] {
        assert_eq!(times(&[text]), [noon], "{text}");
    }
}

/// Each file is odd in one way: what can be used is used, the rest is counted.
#[test]
fn of_odd_files_the_good_is_taken_and_the_rest_counted() {
    let none = Odd::default();
    for (name, points, expected) in [
        ("gpx_gps_week_rollover.gpx", vec![300], Odd { maybe_1024_weeks_early: 300, ..none }),
        ("gpx_offset_without_colon.gpx", vec![300], none),
        ("gpx_one_point_without_time.gpx", vec![299], Odd { without_time: 1, ..none }),
        ("gpx_one_repeated_second.gpx", vec![300], Odd { not_after: 1, ..none }),
        ("gpx_two_days.gpx", vec![100, 100], none),
        ("gpx_utf16le.gpx", vec![300], none),
    ] {
        let given = odd(name);
        assert_eq!((lens(&given), given.odd), (points, expected), "{name}");
    }
    // 09:02:03 +0800.
    assert_eq!(odd("gpx_offset_without_colon.gpx").walks[0].points[0].at, Timestamp(1_714_957_323_000));
}

#[test]
fn a_point_without_a_time_is_left_out_and_a_file_without_times_refused() {
    let with = timed("2010-08-05T14:23:59Z");
    for without in [point(""), point("<time/>"), point("<time> </time>")] {
        let given = read(file(&[with.clone(), without.clone()]).as_bytes(), NOW).unwrap();
        assert_eq!((lens(&given), given.odd), (vec![1], Odd { without_time: 1, ..Odd::default() }));
        assert_eq!(refused(&file(&[without])), Code::TrackTimeMissing);
    }
}

#[test]
fn a_time_that_is_not_after_the_one_before_is_left_out() {
    assert_eq!(times(&["2010-08-05T14:23:59Z", "2010-08-05T14:23:59.001Z"]).len(), 2);
    let given =
        given(&["2010-08-05T14:23:59Z", "2010-08-05T14:23:59Z", "2010-08-05T14:23:58Z", "2010-08-05T14:24:00Z"]);
    assert_eq!((lens(&given), given.odd), (vec![2], Odd { not_after: 2, ..Odd::default() }));
}

#[test]
fn a_rest_of_more_than_a_day_and_an_earlier_track_begin_another_walk() {
    assert_eq!(times(&["2010-08-05T14:00:00Z", "2010-08-06T14:00:00Z"]).len(), 2);
    assert_eq!(lens(&given(&["2010-08-05T14:00:00Z", "2010-08-06T14:00:00.001Z"])), [1, 1]);
    assert_eq!(lens(&given(&["2010-08-06T14:00:00.001Z", "2010-08-05T14:00:00Z"])), [1, 1]);
    let track = |time: &str| format!("<trk><trkseg>{}</trkseg></trk>", timed(time));
    let text = format!("<gpx>{}{}</gpx>", track("2010-08-05T14:00:00Z"), track("2010-08-05T09:00:00Z"));
    let given = read(text.as_bytes(), NOW).unwrap();
    assert_eq!((lens(&given), given.odd), (vec![1, 1], Odd::default()));
}

#[test]
fn times_before_2000_and_in_the_future_are_left_out() {
    assert_eq!(times(&["2000-01-01T00:00:00Z"]), [946_684_800_000]);
    assert_eq!(times(&["2026-04-30T00:00:00Z"]), [NOW.0]);
    for bad in ["1901-12-13T20:45:52.207Z", "1999-12-31T23:59:59.999Z", "2026-04-30T00:00:00.001Z"] {
        assert_eq!(refused(&file(&[timed(bad)])), Code::TrackTimeImplausible, "{bad}");
        let given = given(&[bad, "2010-08-05T14:00:00Z"]);
        assert_eq!((lens(&given), given.odd), (vec![1], Odd { implausible: 1, ..Odd::default() }), "{bad}");
    }
}

/// NOW is 1,024 weeks after 2006-09-14T00:00:00Z.
#[test]
fn a_time_that_may_be_1024_weeks_early_is_used_and_told() {
    let early = |time: &str| given(&[time]).odd.maybe_1024_weeks_early;
    assert_eq!(early("2006-09-14T00:00:00Z"), 1);
    assert_eq!(early("2006-09-14T00:00:00.001Z"), 0);
}

#[test]
fn a_file_without_track_points_is_empty() {
    assert_eq!(refused(""), Code::TrackEmpty);
    assert_eq!(refused(&file(&[])), Code::TrackEmpty);
    assert_eq!(refused("<gpx/>"), Code::TrackEmpty);
    assert_eq!(refused(r#"<gpx><wpt lat="1" lon="2"><time>2010-08-05T14:23:59Z</time></wpt></gpx>"#), Code::TrackEmpty);
}

#[test]
fn what_is_no_gpx_is_unreadable() {
    for bad in ["no xml at all", "<html/>", "\u{0}\u{1}", "<gpx", "<gpx><trk>"] {
        assert_eq!(refused(bad), Code::TrackUnreadable, "{bad}");
    }
}

#[test]
fn a_point_whose_place_or_time_cannot_be_read_is_left_out() {
    let good = timed("2010-08-05T14:23:59Z");
    let place = |lat: &str| good.replace(r#"lat="45.75""#, lat);
    for bad in [
        timed("yesterday"),
        timed("2010-08-05"),
        place(""),
        place(r#"lat="NaN""#),
        place(r#"lat="inf""#),
        place(r#"lat="90.1""#),
        place(r#"lat="1,045.75""#),
    ] {
        assert_eq!(refused(&file(std::slice::from_ref(&bad))), Code::TrackUnreadable, "{bad}");
        let given = read(file(&[bad.clone(), good.clone()]).as_bytes(), NOW).unwrap();
        assert_eq!((lens(&given), given.odd), (vec![1], Odd { unreadable: 1, ..Odd::default() }), "{bad}");
    }
}

/// A recorder whose battery dies leaves half a file.
#[test]
fn of_a_file_that_is_cut_short_or_followed_by_something_the_points_before_are_used() {
    let good = file(&[timed("2010-08-05T14:23:59Z"), timed("2010-08-05T14:24:59Z")]);
    let first = good.find("</trkpt>").unwrap() + "</trkpt>".len();
    for len in 1..good.len() {
        let read = read(good.get(..len).unwrap().as_bytes(), NOW);
        match read {
            Err(error) => assert!(error == GpxError::Unreadable && len < first, "cut to {len}"),
            Ok(given) => assert!(given.odd.cut_short && len >= first, "cut to {len}"),
        }
    }
    for more in [format!("{good}<gpx/>"), format!("{good} more"), good.replace("</trkseg>", "")] {
        let given = read(more.as_bytes(), NOW).unwrap();
        assert_eq!((lens(&given), given.odd.cut_short), (vec![2], true), "{more}");
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
    assert_eq!(read(points(200_000).as_bytes(), NOW).map(|given| lens(&given)), Ok(vec![200_000]));
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
