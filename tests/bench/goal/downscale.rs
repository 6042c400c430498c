//! Goal 9: a photo of 12 megapixels is made small in little time and memory.

use crate::harness::{
    Bench, Goal, ROUNDS, Rounds,
    child::Child,
    cpu,
    rounds::{ms, turns},
};
use firebee_client::evidence::{
    PictureMime,
    downscale::{PREVIEW_SIDE_MAX_PX, decode_within, previews},
};
use image::{ImageReader, RgbImage, imageops::FilterType, metadata::Orientation};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::{
    fs::File,
    io::{BufReader, Cursor},
    path::Path,
};

/// What a phone's camera gives: 4:2:0, and about 4 MB.
const WIDTH: u16 = 4_000;
const HEIGHT: u16 = 3_000;
const QUALITY: u8 = 92;

/// Ours beside the `image` crate's decoder and Lanczos-3; memory in processes of their own.
pub fn run(bench: &mut Bench) {
    let folder = bench.folder();
    let path = folder.path().join("photo.jpg");
    let photo = photo();
    std::fs::write(&path, &photo).expect("the photo is written");
    let mut rounds = Rounds::default();
    for round in 0..=ROUNDS {
        for way in turns(round, ["ours", "previews-written", "image"]) {
            let took = match way {
                "ours" => ms(|| decode_within(Cursor::new(&photo), PictureMime::Jpeg, PREVIEW_SIDE_MAX_PX)),
                "image" => ms(|| lanczos3(&photo)),
                _ => ms(|| previews(Cursor::new(&photo), PictureMime::Jpeg, Orientation::Rotate90)),
            };
            rounds.keep(way, took);
        }
        if round == 0 {
            rounds.forget();
        }
    }
    let peaks = ["ours", "image"].map(|way| peak_mb(way, &path));
    bench.tell("downscale-photo", "MB", photo.len() as f64 / 1e6, 1);
    for way in ["ours", "previews-written", "image"] {
        bench.tell(&format!("downscale-{way}"), "ms", rounds.median(way), ROUNDS);
    }
    bench.tell("downscale-image-peak", "MB", peaks[1], 1);
    let (ratio, small) = (rounds.ratio("ours", "image"), peaks[0] <= 30.0);
    // Two ways lead to the goal: fast enough within 62 MB, or faster within 30 MB. The memory says which is taken.
    let (time_goal, peak_goal) = if small && ratio <= 0.16 { (0.16, 30.0) } else { (0.27, 62.0) };
    bench.keep("downscale-ratio", "× image", ratio, Goal::AtMost(time_goal), ROUNDS);
    bench.keep("downscale-peak", "MB", peaks[0], Goal::AtMost(peak_goal), 1);
}

fn lanczos3(photo: &[u8]) -> RgbImage {
    let decoded = image::load_from_memory(photo).expect("the photo decodes");
    decoded.resize(PREVIEW_SIDE_MAX_PX, PREVIEW_SIDE_MAX_PX, FilterType::Lanczos3).into_rgb8()
}

fn peak_mb(way: &str, photo: &Path) -> f64 {
    Child::start("downscale", &[way, &photo.display().to_string()]).said.parse().expect("a child answers its peak")
}

/// As a child: makes the photo small in one of two ways, and says the most memory that the process ever held.
pub fn measure_peak(way: &str, photo: &str) {
    let file = || BufReader::new(File::open(photo).expect("the photo is there"));
    let width = if way == "ours" {
        let made = decode_within(file(), PictureMime::Jpeg, PREVIEW_SIDE_MAX_PX).expect("the photo decodes");
        made.rgb.width()
    } else {
        let reader = ImageReader::new(file()).with_guessed_format().expect("the photo is read");
        let decoded = reader.decode().expect("the photo decodes");
        decoded.resize(PREVIEW_SIDE_MAX_PX, PREVIEW_SIDE_MAX_PX, FilterType::Lanczos3).into_rgb8().width()
    };
    assert_eq!(width, PREVIEW_SIDE_MAX_PX);
    println!("{}", cpu::peak_mb());
}

/// A photo of a real phone, laid out to 12 megapixels.
fn photo() -> Vec<u8> {
    let real = image::load_from_memory(include_bytes!("../../fixtures/photos/HMD_Nokia_8.3_5G.jpg"));
    let real = real.expect("the fixture decodes");
    let large = real.resize_exact(WIDTH.into(), HEIGHT.into(), FilterType::Triangle).into_rgb8();
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.encode(large.as_raw(), WIDTH, HEIGHT, ColorType::Rgb).expect("the photo encodes");
    jpeg
}
