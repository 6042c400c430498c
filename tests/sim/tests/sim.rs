//! The fixed seeds of the simulator, the tapes that found something, and the bugs that are planted to test it.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const SIM: &str = env!("CARGO_BIN_EXE_sim");

/// The folder of this package.
fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the simulator, and gives what it said; it must have found nothing.
fn finds_nothing(args: &[&str]) {
    let ran = Command::new(SIM).args(args).current_dir(here().join("../..")).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    println!("{said}");
    assert!(ran.status.success(), "sim {}: {said}", args.join(" "));
}

/// The files of a folder with this ending, in order.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(here().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
    paths.sort();
    paths
}

#[test]
fn four_hundred_seeds_break_no_invariant() {
    finds_nothing(&["hunt", "--from", "1", "--count", "400"]);
}

/// Invariant 16: what differs between two runs of a seed would differ between a failure and its replay.
#[test]
fn eight_seeds_leave_the_same_events_and_files_twice() {
    finds_nothing(&["hunt", "--from", "1001", "--count", "8", "--twice"]);
}

#[test]
fn every_tape_that_once_found_something_finds_nothing_now() {
    for tape in files("found", "tape") {
        finds_nothing(&["--tape", &tape.to_string_lossy()]);
    }
}

/// A plant that no longer applies tests nothing; `scripts/plants` hunts them all.
#[test]
fn every_plant_still_fits_the_product() {
    let plants = files("plants", "patch");
    assert!(plants.len() >= 15, "{} plants", plants.len());
    let mut git = Command::new("git");
    git.current_dir(here().join("../..")).args(["apply", "--check"]).args(&plants);
    let checked = git.output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
