//! Goal 8: a photo is uploaded, hashed and synced nearly as fast as the floor writes it. And of goal 5: the processor time
//! of a photo.

use crate::{
    floor::client::FloorClient,
    harness::{
        Bench, Goal, ROUNDS, Rounds,
        child::Child,
        cost::{Cost, Meter},
        rounds::turns,
    },
    ours::{
        phone::Phone,
        server::Server,
        upload::{Photo, Uploader, noise},
    },
    peer::tusd::Tusd,
};
use std::{fs::File, path::Path, sync::Arc};

/// What a phone's camera gives.
const PHOTO_BYTES: usize = 3_000_000;
/// Uploads of a round, one after the other.
const PHOTOS: usize = 8;

/// Whole and in pieces, beside the floor's PUT and tusd. The client hashes nothing here: it did when the photo was taken.
pub fn run(bench: &mut Bench) {
    let folder = bench.folder();
    let tusd = Tusd::start(folder.path());
    let tusd_meter = tusd.as_ref().map(|tusd| Meter::direct(tusd.process()));
    let server = Server::start(folder.path(), 1, 1);
    let meter = Meter::direct(server.process());
    let mut phone = Phone::sign_in(folder.path(), server.url(), 1, meter.clone());
    phone.record(1);
    let floor_server = Arc::new(Child::start("floor", &[&folder.path().display().to_string()]));
    let floor = FloorClient::open(folder.path(), &floor_server.said);
    let floor_meter = Meter::direct(floor_server);
    let mut rounds = Rounds::default();
    for round in 0..=ROUNDS {
        let photos: Vec<Photo> =
            (0..3 * PHOTOS).map(|nth| Photo::of(noise((round * 1_000 + nth) as u64, PHOTO_BYTES))).collect();
        let (whole, rest) = photos.split_at(PHOTOS);
        let (pieces, puts) = rest.split_at(PHOTOS);
        whole.iter().chain(pieces).for_each(|photo| phone.announce(&photo.bytes));
        phone.sync();
        let uploader = Uploader::of(&phone, server.url());
        let peer = tusd.as_ref().map(Tusd::uploader);
        for way in turns(round, ["whole", "pieces", "floor", "tusd-whole", "tusd-pieces"]) {
            write_out(folder.path());
            let cost = match (way, &peer, &tusd_meter) {
                ("whole", ..) => meter.cost(|| whole.iter().for_each(|photo| uploader.whole(photo))),
                ("pieces", ..) => meter.cost(|| pieces.iter().for_each(|photo| uploader.in_pieces(photo))),
                ("floor", ..) => floor_meter.cost(|| {
                    (0..).zip(puts).for_each(|(nth, photo)| floor.put(&format!("{round}-{nth}"), photo.bytes.clone()));
                }),
                ("tusd-whole", Some(peer), Some(meter)) => {
                    meter.cost(|| whole.iter().for_each(|photo| peer.whole(&photo.bytes)))
                }
                ("tusd-pieces", Some(peer), Some(meter)) => {
                    meter.cost(|| pieces.iter().for_each(|photo| peer.in_pieces(&photo.bytes)))
                }
                _ => continue,
            };
            keep(&mut rounds, way, &cost);
        }
        if round == 0 {
            rounds.forget();
        }
    }
    phone.check_all_counted();
    tell(bench, &rounds, tusd.is_some());
}

fn tell(bench: &mut Bench, rounds: &Rounds, with_tusd: bool) {
    let median = |name: String| rounds.median(&name);
    for way in ["floor", "whole", "pieces"] {
        bench.tell(&format!("photo-{way}"), "ms", median(way.into()), ROUNDS);
        bench.tell(&format!("photo-{way}-fsyncs"), "fsyncs", median(format!("{way}-fsyncs")), ROUNDS);
    }
    bench.tell("photo-floor-server-cpu", "ms", median("floor-cpu".into()), ROUNDS);
    for (way, cpu_max) in [("whole", 4.0), ("pieces", 5.0)] {
        let cpu = median(format!("{way}-cpu"));
        bench.keep(&format!("photo-{way}-server-cpu"), "ms", cpu, Goal::AtMost(cpu_max), ROUNDS);
    }
    for way in ["whole", "pieces"].iter().filter(|_| with_tusd) {
        let theirs = format!("tusd-{way}");
        bench.tell(&format!("photo-{theirs}"), "ms", median(theirs.clone()), ROUNDS);
        bench.tell(&format!("photo-{theirs}-server-cpu"), "ms", median(format!("{theirs}-cpu")), ROUNDS);
        bench.tell(&format!("photo-{theirs}-share"), "of the floor", rounds.ratio("floor", &theirs), ROUNDS);
        bench.tell(&format!("photo-{way}-over-tusd"), "of tusd", rounds.ratio(&theirs, way), ROUNDS);
    }
    bench.keep("photo-whole-share", "of the floor", rounds.ratio("floor", "whole"), Goal::AtLeast(0.87), ROUNDS);
    bench.keep("photo-pieces-share", "of the floor", rounds.ratio("floor", "pieces"), Goal::AtLeast(0.8), ROUNDS);
}

/// Flushes unwritten data before a turn, outside its time. tusd syncs nothing, so otherwise the next contestant would
/// pay for its writes.
fn write_out(folder: &Path) {
    let folder = File::open(folder).expect("the folder is there");
    rustix::fs::syncfs(&folder).expect("the disk syncs");
}

fn keep(rounds: &mut Rounds, way: &str, cost: &Cost) {
    let each = |value: f64| value / PHOTOS as f64;
    rounds.keep(way, each(cost.ms));
    rounds.keep(&format!("{way}-fsyncs"), each((cost.client.fsyncs + cost.server.fsyncs) as f64));
    rounds.keep(&format!("{way}-cpu"), each(cost.server.cpu_ns as f64 / 1e6));
}
