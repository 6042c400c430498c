//! The pictures and walks that the story is told with: the project's own, or the user's.

use super::gpx::{self, Odd, Walk};
use firebee_domain::{code::Code, time::Timestamp};
use serde::Serialize;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// How deep folders are looked into; a loop of links ends here at the latest.
const DEPTH_MAX: usize = 8;

/// A file that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Where it is.
    pub path: PathBuf,
    /// Its name within the folder that was given.
    pub file: String,
}

/// A file that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Its name within the folder that was given.
    pub file: String,
    /// The stable code of the reason.
    pub code: Code,
}

/// A walk with the file that it was read from.
#[derive(Clone, Debug)]
pub struct GivenWalk {
    /// The file.
    pub file: String,
    /// The walk.
    pub walk: Walk,
}

/// A file with walks that is not quite as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Partly {
    /// Its name within the folder that was given.
    pub file: String,
    /// How many walks it gives.
    pub walks: usize,
    /// What is odd about it.
    #[serde(flatten)]
    pub odd: Odd,
}

/// Everything that the story is told with.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Files that may be pictures: only the phone that takes one in can tell.
    pub photos: Vec<Given>,
    /// How many files were given as tracks.
    pub tracks_given: usize,
    /// How many of them give a walk.
    pub tracks_used: usize,
    /// The walks; a file may give several.
    pub walks: Vec<GivenWalk>,
    /// The files of which something is left out or doubtful, or that give several walks.
    pub tracks_partly: Vec<Partly>,
    /// The files that are no walks.
    pub tracks_refused: Vec<Refused>,
}

/// Why nothing can be read.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A folder that the user named.
    #[error("{}: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The project's own pictures and walks are not where they were when the program was built.
    #[error("{} is missing", folder.display())]
    FixturesMissing {
        /// Where they were.
        folder: PathBuf,
    },
}

impl InputError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Folder { .. } => Code::FolderUnreadable,
            Self::FixturesMissing { .. } => Code::FixturesMissing,
        }
    }
}

impl Inputs {
    /// Reads both folders; what is not given comes with the project. `now` bounds the times of walks.
    ///
    /// # Errors
    /// A folder cannot be read. A file that cannot be read or used stops nothing.
    pub fn read(photos: Option<&Path>, tracks: Option<&Path>, now: Timestamp) -> Result<Self, InputError> {
        let photos = files_of(photos, "photos")?;
        let tracks = files_of(tracks, "tracks")?;
        let mut inputs = Self { photos, tracks_given: tracks.len(), ..Self::default() };
        for Given { path, file } in tracks {
            match gpx::read_file(&path, now) {
                Ok(gpx::Contents { walks, odd }) => inputs.keep(&file, walks, odd),
                Err(error) => inputs.tracks_refused.push(Refused { file, code: error.code() }),
            }
        }
        Ok(inputs)
    }

    fn keep(&mut self, file: &str, walks: Vec<Walk>, odd: Odd) {
        self.tracks_used += 1;
        if walks.len() > 1 || odd != Odd::default() {
            self.tracks_partly.push(Partly { file: file.to_owned(), walks: walks.len(), odd });
        }
        self.walks.extend(walks.into_iter().map(|walk| GivenWalk { file: file.to_owned(), walk }));
    }
}

fn files_of(given: Option<&Path>, fixture: &str) -> Result<Vec<Given>, InputError> {
    let folder = match given {
        Some(folder) => folder.to_owned(),
        None => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(fixture);
            fs::canonicalize(&folder).map_err(|_| InputError::FixturesMissing { folder })?
        }
    };
    let mut files = Vec::new();
    collect(&folder, "", 0, &mut files).map_err(|source| InputError::Folder { folder, source })?;
    files.sort_by(|one, other| one.file.cmp(&other.file));
    // The licence of the project's own files is not something that a user gave.
    files.retain(|file| given.is_some() || file.file != "LICENSE.md");
    Ok(files)
}

/// Files whose name begins with a dot belong to the system, not to the user, and are passed over.
fn collect(folder: &Path, within: &str, depth: usize, into: &mut Vec<Given>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let (path, file) = (entry.path(), format!("{within}{name}"));
        if !path.is_dir() {
            into.push(Given { path, file });
        } else if depth < DEPTH_MAX {
            collect(&path, &format!("{file}/"), depth + 1, into)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn names(given: &[Given]) -> Vec<&str> {
        given.iter().map(|given| given.file.as_str()).collect()
    }

    #[test]
    fn of_the_projects_own_files_one_is_used_one_in_part_and_one_shows_why_a_walk_is_refused() {
        let inputs = Inputs::read(None, None, NOW).unwrap();
        assert!(inputs.photos.len() >= 5, "{:?}", names(&inputs.photos));
        assert_eq!((inputs.tracks_given, inputs.tracks_used), (3, 2));
        assert_eq!(inputs.walks.iter().map(|given| given.walk.points.len()).collect::<Vec<_>>(), [296, 513]);
        let odd = Odd { without_time: 358, ..Odd::default() };
        assert_eq!(inputs.tracks_partly, [Partly { file: "korita-zbevnica.gpx".to_owned(), walks: 1, odd }]);
        let codes: Vec<Code> = inputs.tracks_refused.iter().map(|refused| refused.code).collect();
        assert_eq!(codes, [Code::TrackTimeImplausible]);
    }

    #[test]
    fn files_are_sorted_by_name_folders_are_looked_into_and_hidden_files_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for file in ["c.jpg", "b/x.jpg", "a.jpg", ".DS_Store"] {
            fs::write(folder.path().join(file), b"x").unwrap();
        }
        let inputs = Inputs::read(Some(folder.path()), Some(folder.path()), NOW).unwrap();
        assert_eq!(names(&inputs.photos), ["a.jpg", "b/x.jpg", "c.jpg"]);
        assert_eq!(inputs.tracks_given, 3);
    }

    /// Each file that is no walk is listed with its code and stops nothing.
    #[test]
    fn a_file_that_is_no_walk_is_listed_with_its_code() {
        let folder = tempfile::tempdir().unwrap();
        let point = |time: &str| format!(r#"<trkpt lat="31" lon="121">{time}</trkpt>"#);
        let gpx = |points: &str| format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>");
        let time = "<time>2020-01-21T01:00:00Z</time>";
        for (file, text) in [
            ("1.gpx", gpx(&point(time))),
            ("2.gpx", gpx(&point(""))),
            ("3.gpx", gpx(&point(time).repeat(2))),
            ("4.gpx", gpx("")),
            ("5.txt", "a note".to_owned()),
            ("6.gpx", gpx(&point("<time>2120-01-21T01:00:00Z</time>"))),
        ] {
            fs::write(folder.path().join(file), text).unwrap();
        }
        let inputs = Inputs::read(None, Some(folder.path()), NOW).unwrap();
        assert_eq!(inputs.walks.iter().map(|walk| walk.file.as_str()).collect::<Vec<_>>(), ["1.gpx", "3.gpx"]);
        let odd = Odd { not_after: 1, ..Odd::default() };
        assert_eq!(inputs.tracks_partly, [Partly { file: "3.gpx".to_owned(), walks: 1, odd }]);
        let refused: Vec<(&str, Code)> =
            inputs.tracks_refused.iter().map(|refused| (refused.file.as_str(), refused.code)).collect();
        let expected = [
            ("2.gpx", Code::TrackTimeMissing),
            ("4.gpx", Code::TrackEmpty),
            ("5.txt", Code::TrackUnreadable),
            ("6.gpx", Code::TrackTimeImplausible),
        ];
        assert_eq!(refused, expected);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = Inputs::read(Some(Path::new("no/such/folder")), None, NOW).unwrap_err();
        assert_eq!(error.code(), Code::FolderUnreadable);
        assert!(error.to_string().starts_with("no/such/folder"), "{error}");
    }
}
