//! The memory that taking in a picture takes.

use super::{super::super::need, *};

fn huge_png(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(&quarters(8, 8), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    png
}

#[test]
fn more_than_100_megapixels_declared_are_refused_before_anything_is_decoded() {
    let home = Home::new();
    home.refuses(&huge_png(10_001, 10_000), Code::PhotoTooManyPixels);
    home.refuses(&huge_png(u32::MAX >> 1, u32::MAX >> 1), Code::PhotoTooManyPixels);
    // Exactly 100 megapixels is within the bound; this one then proves to be a lie.
    home.refuses(&huge_png(10_000, 10_000), Code::PhotoDamaged);

    let mut jpeg = encoded(&quarters(8, 8), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|window| window == b"\xff\xc0").unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    home.refuses(&jpeg, Code::PhotoTooManyPixels);

    let extended = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\0";
    home.refuses(extended, Code::PhotoTooManyPixels);
    home.refuses(&huge_png(0, 10), Code::PhotoDamaged);
}

/// A JPEG of one grey, with a code of one bit for "as before" and for "nothing more in this block".
pub(super) fn flat_jpeg(width: u16, height: u16, progressive: bool, sampling: &[(u8, u8)]) -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| {
        [&[0xff, marker], &u16::try_from(body.len() + 2).unwrap().to_be_bytes()[..], body].concat()
    };
    let count = u8::try_from(sampling.len()).unwrap();
    let [mut frame, mut scan] = [vec![8], vec![count]];
    frame.extend(height.to_be_bytes().into_iter().chain(width.to_be_bytes()).chain([count]));
    for (id, (across, down)) in (1..).zip(sampling) {
        frame.extend([id, across << 4 | down, 0]);
        scan.extend([id, 0]);
    }
    scan.extend(if progressive { [0, 0, 0] } else { [0, 63, 0] });
    let table = |class: u8| segment(0xc4, &[&[class, 1][..], &[0; 15], &[0]].concat());
    let most = |side: fn(&(u8, u8)) -> u8| 8 * usize::from(sampling.iter().map(side).max().unwrap());
    let units = usize::from(width).div_ceil(most(|(across, _)| *across))
        * usize::from(height).div_ceil(most(|(_, down)| *down));
    let blocks = units * sampling.iter().map(|(across, down)| usize::from(across * down)).sum::<usize>();
    let bits = if progressive { blocks } else { 2 * blocks };
    let mut data = vec![0; bits / 8];
    data.extend((bits % 8 > 0).then_some(0xff_u8 >> (bits % 8)));
    [
        b"\xff\xd8".to_vec(),
        segment(0xdb, &[&[0][..], &[1; 64]].concat()),
        segment(if progressive { 0xc2 } else { 0xc0 }, &frame),
        table(0x00),
        table(0x10),
        segment(0xda, &scan),
        data,
        b"\xff\xd9".to_vec(),
    ]
    .concat()
}

/// Colours at half the size of the light, as cameras write them; and at its size.
pub(super) const HALVED: [(u8, u8); 3] = [(2, 2), (1, 1), (1, 1)];
pub(super) const FULL: [(u8, u8); 3] = [(1, 1); 3];

/// A progressive picture of 99 megapixels takes 600 MB and more: it is refused before it is decoded.
#[test]
fn what_would_take_too_much_memory_is_refused_and_a_large_usual_jpeg_is_taken() {
    let home = Home::new();
    home.refuses(&flat_jpeg(11_500, 8_625, true, &HALVED), Code::PhotoNeedsMemory);
    home.refuses(&flat_jpeg(4_000, 3_000, true, &FULL), Code::PhotoNeedsMemory);
    let taken = home.take(&flat_jpeg(4_000, 3_000, true, &HALVED)).unwrap();
    assert_eq!(home.picture(taken.preview).dimensions(), (1600, 1200));
    let taken = home.take(&flat_jpeg(11_500, 8_625, false, &HALVED)).unwrap();
    assert_eq!(home.picture(taken.preview).dimensions(), (1600, 1200));
}

/// The largest side of a square picture that is taken, in steps of 16.
fn largest(need: impl Fn(u32) -> u64) -> u16 {
    let side = (100..1000).map(|step| step * 16).take_while(|side| need(*side) <= need::DECODE_BYTES_MAX).last();
    u16::try_from(side.unwrap()).unwrap()
}

/// The most memory that taking in a picture takes, in MB: this test runs itself as a process that does nothing else.
#[cfg(target_os = "linux")]
#[test]
fn no_picture_that_is_taken_takes_more_than_150_mb() {
    const CHILD: &str = "FIREBEE_TEST_PICTURE";
    if let Some(path) = std::env::var_os(CHILD) {
        Home::new().take(&fs::read(path).unwrap()).unwrap();
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        println!("peak={}", peak.trim().trim_end_matches(" kB"));
        return;
    }
    let whole = |beside: u64| {
        largest(move |side| {
            let decoded = 3 * u64::from(side) * u64::from(side);
            need::whole(need::Whole { size: (side, side), decoded, is_plain: true, beside }, (1600, 1600))
        })
    };
    let progressive = largest(|side| {
        let frame = sniff::JpegFrame { sequential: false, sampling: FULL.to_vec() };
        let declared = sniff::Declared { width: side, height: side, exif: None, xmp: None, frame: None };
        need::jpeg(&declared, &frame, (1600, 1600))
    });
    let rgb = u32::from(whole(0));
    let webp = u32::from(whole(4));
    let pictures = [
        ("progressive", flat_jpeg(progressive, progressive, true, &FULL)),
        ("99 megapixels", flat_jpeg(11_500, 8_625, false, &FULL)),
        ("just not halved", flat_jpeg(3_199, 3_199, false, &FULL)),
        ("PNG", encoded(&RgbImage::new(rgb, rgb), ImageFormat::Png)),
        ("WebP", encoded(&RgbImage::new(webp, webp), ImageFormat::WebP)),
    ];
    let home = Home::new();
    for (what, bytes) in pictures {
        let path = home.dir.path().join("picture");
        fs::write(&path, bytes).unwrap();
        let name = std::thread::current().name().unwrap().to_owned();
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &name, "--nocapture"])
            .env(CHILD, &path)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stdout);
        let peak_kb = said.lines().find_map(|line| line.split_once("peak=")).map(|(_, peak)| peak);
        let peak_mb = peak_kb.unwrap_or_else(|| panic!("{what}: {said}")).parse::<u64>().unwrap() * 1024 / 1_000_000;
        println!("{what}: {peak_mb} MB");
        assert!(peak_mb <= 150, "{what}: {peak_mb} MB");
    }
}
