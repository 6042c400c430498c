//! What the phone notes about itself, for whoever audits its facts.

use super::*;
use crate::{journal::JournalError, work::track::StartTrack};
use firebee_domain::{
    device::DeviceNote,
    track::{Cause, Fix, Provider},
};
use firebee_protocol::fact::{Body, parse};

/// The notes in the order of the journal, apart from anchors.
fn notes(phone: &Phone) -> Vec<DeviceNote> {
    let read = |rows: &crate::journal::JournalRows<'_>| rows.lines_from(1, 1_000, u64::MAX);
    let lines = phone.client.core().journal.read::<_, JournalError>("test", read).unwrap();
    let note = |line: &crate::journal::FactLine| match parse(&line.line).unwrap().body.unwrap() {
        Body::DeviceNote(note) => Some(note).filter(|note| !matches!(note, DeviceNote::Anchor { .. })),
        _ => None,
    };
    lines.iter().filter_map(note).collect()
}

/// nobody decides by the wall clock, and a lead sees that it was moved.
#[test]
fn a_jump_of_the_wall_clock_is_noted_once_before_the_next_fact() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.clock.advance_ms(600_000);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    assert_eq!(notes(&phone), [], "both clocks went on together");
    phone.clock.set_wall_ms(WALL_MS + 600_000 + 7_200_000);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[1])).unwrap();
    phone.client.tasks().record_result(&good(task, ITEM_IDS[2])).unwrap();
    assert_eq!(notes(&phone), [DeviceNote::ClockJump { by_ms: 7_200_000 }]);
    let phone = phone.restart();
    phone.clock.set_wall_ms(WALL_MS + 600_000);
    phone.describe(task);
    let back = DeviceNote::ClockJump { by_ms: -7_200_000 };
    assert_eq!(notes(&phone), [DeviceNote::ClockJump { by_ms: 7_200_000 }, back], "also across a start of the app");
    phone.clock.reboot(1_000);
    phone.describe(task);
    assert_eq!(notes(&phone).len(), 2, "across a boot nothing is known");
}

fn fix(phone: &Phone, mock: bool) -> Fix {
    phone.clock.advance_ms(11_000);
    let boot_ms = crate::ports::Clock::now(&*phone.clock).boot_ms;
    Fix { boot_ms, lat_e6: 36_617_000, lon_e6: 101_778_000, accuracy_m: 5, provider: Provider::Gnss, mock }
}

#[test]
fn invented_positions_and_a_missing_permission_are_noted_once() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let tracks = phone.client.tracks();
    tracks.start(StartTrack { task, replayed: false }).unwrap();
    for mock in [false, false, true, true, true] {
        tracks.append(&[fix(&phone, mock)]).unwrap();
    }
    tracks.stop().unwrap();
    assert_eq!(notes(&phone), [DeviceNote::MockLocation]);
    tracks.start(StartTrack { task, replayed: false }).unwrap();
    for cause in [Cause::LocationOff, Cause::PermissionMissing, Cause::PermissionMissing] {
        tracks.notice(cause, crate::ports::Clock::now(&*phone.clock).boot_ms).unwrap();
    }
    let missing = DeviceNote::PermissionMissing { permission: "location_always".into() };
    assert_eq!(notes(&phone), [DeviceNote::MockLocation, missing]);
}
