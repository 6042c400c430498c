//! Goal 5: what the server holds in memory after a day of work. The processor time of a photo is measured with goal 8.

use crate::{
    harness::{Bench, Goal, cost::Meter},
    ours::{
        estate::{PLAN_ITEMS, Size},
        phone::Phone,
        server::Server,
        upload::{Photo, Uploader, noise},
    },
};

const RECORDS: usize = 50_000;
const SIGN_INS: usize = 100;
const PHOTOS: usize = 100;
const PHOTO_BYTES: usize = 3_000_000;

/// One phone pushes, a hundred others sign in, and a hundred photos come.
pub fn run(bench: &mut Bench) {
    let folder = bench.folder();
    let plans = RECORDS / PLAN_ITEMS + 1;
    let size = Size { operators: SIGN_INS + 1, busy: 1, plans, items: PLAN_ITEMS, ..Size::default() };
    let server = Server::of(folder.path(), size);
    let meter = Meter::direct(server.process());
    bench.tell("memory-started", "MB", server.process().memory_mb().0, 1);
    let mut phone = Phone::sign_in(folder.path(), server.url(), 1, meter.clone());
    phone.record(RECORDS);
    phone.sync();
    bench.tell("memory-after-records", "MB", server.process().memory_mb().0, 1);
    for number in 2..=SIGN_INS + 1 {
        Phone::sign_in(folder.path(), server.url(), number, meter.clone());
    }
    bench.tell("memory-after-sign-ins", "MB", server.process().memory_mb().0, 1);
    let photos: Vec<Photo> = (0..PHOTOS).map(|nth| Photo::of(noise(nth as u64, PHOTO_BYTES))).collect();
    photos.iter().for_each(|photo| phone.announce(&photo.bytes));
    phone.sync();
    let uploader = Uploader::of(&phone, server.url());
    photos.iter().for_each(|photo| uploader.whole(photo));
    let (held, peak) = server.process().memory_mb();
    bench.keep("memory-after-all", "MB", held, Goal::AtMost(60.0), 1);
    bench.tell("memory-peak", "MB", peak, 1);
}
