//! A report can be filed however many photos it has.

use firebee_report::PDF_BYTES_MAX;

use crate::{
    pictures,
    run::{folder, render},
    sample::Sample,
};

#[test]
fn r_385_two_hundred_photos_fit_into_what_can_be_filed() {
    let mut sample = Sample::month();
    sample.show((0..200).map(|seed| pictures::photo(seed, 640, 480)).collect());
    let answer = render(folder(&sample).path(), &[]).unwrap();
    assert!(answer.bytes <= PDF_BYTES_MAX && answer.bytes > 2_000_000, "{} bytes", answer.bytes);
    assert_eq!(answer.left_out, []);
}

#[test]
fn r_385_above_240_photos_each_is_smaller() {
    let mut sample = Sample::month();
    sample.show((0..260).map(|seed| pictures::photo(seed, 640, 480)).collect());
    let answer = render(folder(&sample).path(), &[]).unwrap();
    assert!(answer.bytes <= PDF_BYTES_MAX, "{} bytes", answer.bytes);
}
