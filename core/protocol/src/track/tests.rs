//! Bytes by hand, round trips, and whatever a peer may send.

use super::*;
use firebee_domain::track::{Cause, Provider};
use proptest::prelude::*;
use strum::VariantArray;

fn fix(boot_ms: i64, lat_e6: i32, lon_e6: i32) -> Fix {
    Fix { boot_ms, lat_e6, lon_e6, accuracy_m: 5, provider: Provider::Gnss, mock: false }
}

fn segment(fixes: Vec<Fix>, holes: Vec<Hole>) -> Segment {
    Columns { fixes, holes }.into_segment("1f3c0000-0000-4000-8000-000000000001".parse().unwrap())
}

fn framed(inner: &[u8]) -> Vec<u8> {
    [MAGIC.as_slice(), &zstd::bulk::compress(inner, 3).unwrap()].concat()
}

/// Two fixes and one hole, spelled by hand from the format.
fn by_hand() -> (Vec<u8>, Columns) {
    let mut second = fix(62_000, -1, 121_473_700);
    (second.accuracy_m, second.provider, second.mock) = (255, Provider::Other, true);
    let hole = Hole { start_boot_ms: 1_064, length_ms: 60_936, cause: Cause::NoSignal };
    let inner = [
        &[2][..],
        &[0xd0, 0x0f, 0x90, 0xb9, 0x07], // 1,000 and +61,000
        &[0x00, 0x01],                   // 0 and -1
        &[0xc8, 0xaa, 0xec, 0x73, 0x00], // 121,473,700 and +0
        &[5, 255],
        &[0b000, 0b111],
        &[1, 64, 0x88, 0xdc, 0x03, 5],
    ];
    (inner.concat(), Columns { fixes: vec![fix(1_000, 0, 121_473_700), second], holes: vec![hole] })
}

#[test]
fn the_inner_bytes_are_those_of_the_format() {
    let (inner, columns) = by_hand();
    assert_eq!(encode_inner(&columns.fixes, &columns.holes), Ok(inner.clone()));
    assert_eq!(decode_inner(&inner), Ok(columns.clone()));
    assert_eq!(decode(&framed(&inner)), Ok(columns.clone()));
    let blob = encode(&segment(columns.fixes.clone(), columns.holes.clone())).unwrap();
    assert_eq!(blob.get(..7), Some(b"FBTRK1\n".as_slice()));
    assert_eq!(decode(&blob), Ok(columns));
}

#[test]
fn a_silence_before_any_fix_is_carried_with_its_absolute_start() {
    let hole = Hole { start_boot_ms: 300, length_ms: 90_000, cause: Cause::PermissionMissing };
    assert_eq!(encode_inner(&[], &[hole]), Ok(vec![0, 1, 0xac, 0x02, 0x90, 0xbf, 0x05, 2]));
    assert_eq!(
        decode(&encode(&segment(vec![], vec![hole])).unwrap()),
        Ok(Columns { fixes: vec![], holes: vec![hole] })
    );
    assert_eq!(encode_inner(&[], &[]), Ok(vec![0, 0]));
}

#[test]
fn a_segment_of_600_fixes_is_sealed_and_one_of_601_is_refused() {
    let walk = |count: i64| (0..count).map(|n| fix(n * 1_000, 0, 0)).collect::<Vec<_>>();
    let columns = decode(&encode(&segment(walk(600), vec![])).unwrap()).unwrap();
    assert_eq!(columns.fixes, walk(600));
    assert_eq!(encode(&segment(walk(601), vec![])), Err(TrackError::TooLong));
    let holes = vec![Hole { start_boot_ms: 0, length_ms: 0, cause: Cause::Unknown }; HOLES_MAX + 1];
    assert!(encode(&segment(vec![], holes[1..].to_vec())).is_ok());
    assert_eq!(encode(&segment(vec![], holes)), Err(TrackError::TooLong));
    assert_eq!(decode_inner(&[0xd9, 0x04]), Err(TrackError::TooLong));
    assert_eq!(decode_inner(&[0, 0xb1, 0x09]), Err(TrackError::TooLong));
}

#[test]
fn what_the_format_cannot_say_is_refused_when_written() {
    let refused = |fix: Fix| encode_inner(&[fix], &[]);
    for bad in [fix(-1, 0, 0), fix(1 << 53, 0, 0), fix(0, 90_000_001, 0), fix(0, 0, -180_000_001), fix(0, i32::MIN, 0)]
    {
        assert_eq!(refused(bad), Err(TrackError::OutOfRange), "{bad:?}");
    }
    assert!(refused(fix((1 << 53) - 1, -90_000_000, 180_000_000)).is_ok());
    let hole = |start_boot_ms, length_ms| Hole { start_boot_ms, length_ms, cause: Cause::Unknown };
    assert_eq!(encode_inner(&[fix(10, 0, 0)], &[hole(9, 0)]), Err(TrackError::HoleBeforeStart));
    assert_eq!(encode_inner(&[fix(10, 0, 0)], &[hole(10, -1)]), Err(TrackError::OutOfRange));
}

#[test]
fn bytes_that_are_not_exactly_a_segment_are_malformed() {
    let (inner, _) = by_hand();
    let changed = |at: usize, byte: u8| {
        let mut bytes = inner.clone();
        bytes[at] = byte;
        decode_inner(&bytes)
    };
    assert_eq!(changed(16, 0b1000), Err(TrackError::Malformed), "an unknown flag bit");
    assert_eq!(changed(22, 12), Err(TrackError::Malformed), "an unknown cause");
    assert_eq!(decode_inner(&[inner.as_slice(), &[0]].concat()), Err(TrackError::Malformed), "a byte too many");
    assert_eq!(decode_inner(&[0x80, 0, 0]), Err(TrackError::Malformed), "an overlong number");
    for len in 0..inner.len() {
        assert_eq!(decode_inner(&inner[..len]), Err(TrackError::Malformed), "cut to {len}");
    }
    let blob = framed(&inner);
    for len in 0..blob.len() {
        assert_eq!(decode(&blob[..len]), Err(TrackError::Malformed), "cut to {len}");
    }
    assert_eq!(decode(&[blob.as_slice(), &[0]].concat()), Err(TrackError::Malformed), "a byte behind the frame");
    let frame = &blob[MAGIC.len()..];
    assert_eq!(decode(&[blob.as_slice(), frame].concat()), Err(TrackError::Malformed), "a second frame");
    assert_eq!(decode(&[b"FBTRK2\n", frame].concat()), Err(TrackError::Malformed), "another magic");
}

#[test]
fn times_and_places_out_of_range_are_refused_when_read() {
    let put = |values: [i64; 3]| {
        let mut inner = vec![1];
        values.into_iter().for_each(|value| varint::put_signed(&mut inner, value));
        inner.extend([5, 0, 0]);
        decode_inner(&inner)
    };
    assert!(put([0, 90_000_000, -180_000_000]).is_ok());
    for bad in [[-1, 0, 0], [1 << 53, 0, 0], [0, 90_000_001, 0], [0, 0, 180_000_001], [0, 1 << 32, 0], [0, 0, i64::MIN]]
    {
        assert_eq!(put(bad), Err(TrackError::OutOfRange), "{bad:?}");
    }
    let mut sum = vec![2];
    [1, i64::MAX].into_iter().for_each(|value| varint::put_signed(&mut sum, value));
    assert_eq!(decode_inner(&sum), Err(TrackError::OutOfRange));
    assert_eq!(
        decode_inner(&[0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0]),
        Err(TrackError::OutOfRange)
    );
}

#[test]
fn a_bomb_stops_at_the_bound() {
    let full = framed(&vec![0; INNER_LEN_MAX]);
    assert_eq!(decode(&full), Err(TrackError::Malformed), "at the bound it is read, and is no segment");
    let bomb = framed(&vec![0; 64 << 20]);
    assert!(bomb.len() < 10_000);
    assert_eq!(decode(&bomb), Err(TrackError::TooLarge));
}

fn any_fix() -> impl Strategy<Value = Fix> {
    let place = (0..1_i64 << 53, -90_000_000..=90_000_000, -180_000_000..=180_000_000);
    let provider = prop::sample::select(vec![Provider::Gnss, Provider::Network, Provider::Fused, Provider::Other]);
    (place, any::<u8>(), provider, any::<bool>()).prop_map(|((boot_ms, lat_e6, lon_e6), accuracy_m, provider, mock)| {
        Fix { boot_ms, lat_e6, lon_e6, accuracy_m, provider, mock }
    })
}

fn any_segment() -> impl Strategy<Value = Segment> {
    let hole = (0..1_i64 << 40, 0..1_i64 << 40, prop::sample::select(Cause::VARIANTS.to_vec()));
    (prop::collection::vec(any_fix(), 0..80), prop::collection::vec(hole, 0..20)).prop_map(|(fixes, holes)| {
        let first_ms = fixes.first().map_or(0, |fix| fix.boot_ms);
        let hole = |(after_ms, length_ms, cause): (i64, i64, Cause)| Hole {
            start_boot_ms: (first_ms + after_ms).min((1 << 53) - 1),
            length_ms,
            cause,
        };
        segment(fixes, holes.into_iter().map(hole).collect())
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(segment in any_segment()) {
        let columns = decode(&encode(&segment).unwrap()).unwrap();
        prop_assert_eq!(columns.into_segment(segment.boot_id), segment);
    }

    #[test]
    fn each_segment_has_one_spelling(segment in any_segment(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut inner = encode_inner(&segment.fixes, &segment.holes).unwrap();
        let at = at.index(inner.len());
        inner[at] = byte;
        if let Ok(columns) = decode_inner(&inner) {
            prop_assert_eq!(encode_inner(&columns.fixes, &columns.holes), Ok(inner));
        }
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode_inner(&bytes);
        let _ = decode(&bytes);
        let _ = decode(&[MAGIC.as_slice(), &bytes].concat());
        let _ = decode(&framed(&bytes));
    }

    #[test]
    fn a_changed_blob_gets_an_answer(segment in any_segment(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut blob = encode(&segment).unwrap();
        let at = at.index(blob.len());
        blob[at] = byte;
        let _ = decode(&blob);
    }
}
