//! The fonts of a report: found on the machine, never downloaded.

use crate::answer::{Failure, FailureCode};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
};
use typst::{
    foundations::Bytes,
    text::{Font, FontBook, FontWeight},
    utils::LazyHash,
};

/// Where Debian and others put Noto's Chinese faces, and at last where any font lies.
const FOLDERS: [&str; 4] = [
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts",
];
/// How a simplified Chinese face of Noto is called.
const FAMILY_ENDING: &str = "CJK SC";
/// What will do: it has one weight, and lacks rare characters of names.
const SECOND_BEST: &str = "WenQuanYi Micro Hei";
/// For characters that the Chinese family lacks.
const FALLBACKS: [&str; 4] = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
];
/// Part of the name of a family whose letters have one width.
const MONO: &str = "Mono";
/// How deep folders of fonts lie in each other.
const DEPTH_MAX: usize = 4;
/// What to install.
const HINT: &str = "no face whose family ends in \"CJK SC\" was found: install the package fonts-noto-cjk, \
                    or name the folder of its files with --fonts";

/// The faces that a report may use.
pub struct Fonts {
    /// The family that texts are set in.
    pub family: String,
    /// The family for digits of hashes; the same where there is no other.
    pub mono: String,
    /// Whether the family is the one that a report is meant to be set in.
    pub is_full: bool,
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) faces: Vec<Font>,
}

/// What can be printed.
#[derive(Debug, Serialize)]
pub struct Printable {
    /// The family that texts are set in.
    pub family: String,
    /// Each a first and a last code point.
    pub ranges: Vec<(u32, u32)>,
}

impl Fonts {
    /// Looks in `setting`, then where Noto lies, then where any font lies.
    pub fn find(setting: Option<&Path>) -> Result<Self, Failure> {
        let folders: Vec<&Path> = setting.into_iter().chain(FOLDERS.iter().map(Path::new)).collect();
        Self::of(&folders)
    }

    /// The first folder with a face of Noto's counts; without any, the first with the second best.
    pub fn of(folders: &[&Path]) -> Result<Self, Failure> {
        let noto = folders.iter().map(|folder| noto(folder)).find(|faces| !faces.is_empty());
        if let Some(faces) = noto {
            return Ok(Self::set(faces, true));
        }
        let second = folders.iter().map(|folder| second_best(folder)).find(|faces| !faces.is_empty());
        second.map(|faces| Self::set(faces, false)).ok_or_else(|| Failure::new(FailureCode::FontMissing, HINT))
    }

    /// The first face gives the family.
    fn set(mut faces: Vec<Font>, is_full: bool) -> Self {
        let is_mono = |face: &&Font| face.info().family.contains(MONO);
        let family = |face: Option<&Font>| face.map(|face| face.info().family.clone()).unwrap_or_default();
        let main = family(faces.iter().find(|face| !is_mono(face)).or(faces.first()));
        let mono = family(faces.iter().find(is_mono).or(faces.first()));
        faces.extend(FALLBACKS.iter().flat_map(|path| load(Path::new(path))));
        Self { family: main, mono, is_full, book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
    }

    /// Whether a character can be printed.
    pub fn prints(&self, character: char) -> bool {
        self.faces.iter().any(|face| face.info().coverage.contains(u32::from(character)))
    }

    /// All that can be printed.
    pub fn printable(&self) -> Printable {
        let mut points: Vec<u32> = self.faces.iter().flat_map(|face| face.info().coverage.iter()).collect();
        points.sort_unstable();
        points.dedup();
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for point in points {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == point => *last = point,
                _ => ranges.push((point, point)),
            }
        }
        Printable { family: self.family.clone(), ranges }
    }
}

/// Noto's simplified Chinese faces below a folder, Regular and Bold; those with serifs only where there are no others.
fn noto(folder: &Path) -> Vec<Font> {
    let wanted = |face: &Font| {
        let info = face.info();
        let weights = [FontWeight::REGULAR, FontWeight::BOLD];
        info.family.ends_with(FAMILY_ENDING) && weights.contains(&info.variant.weight)
    };
    let of = |is_serif: bool| -> Vec<Font> {
        let files = files(folder, DEPTH_MAX);
        let named = files.iter().filter(|path| name(path).contains("CJK") && name(path).contains("Serif") == is_serif);
        named.flat_map(|path| load(path)).filter(wanted).collect()
    };
    let sans = of(false);
    if sans.is_empty() { of(true) } else { sans }
}

fn second_best(folder: &Path) -> Vec<Font> {
    let files = files(folder, DEPTH_MAX);
    let named = files.iter().filter(|path| name(path).starts_with("wqy-microhei"));
    named.flat_map(|path| load(path)).filter(|face| face.info().family == SECOND_BEST).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The faces of a file or collection; none where it is no font.
fn load(path: &Path) -> Vec<Font> {
    fs::read(path).map(|bytes| Font::iter(Bytes::new(bytes)).collect()).unwrap_or_default()
}

/// The font files below a folder, in the order of their paths.
fn files(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() && depth > 0 {
            found.extend(files(&path, depth - 1));
        } else if path.extension().is_some_and(|ending| ending == "ttc" || ending == "otf" || ending == "ttf") {
            found.push(path);
        }
    }
    found
}
